package dev.safecoder.model.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Tells what a failed connection means. */
public final class Disconnection {
    private Disconnection() {}

    /**
     * @param failure what a client threw, an {@link IOException} or wrapped around one
     * @param silence after which that client gives up
     */
    public static RemoteException of(Endpoint at, Throwable failure, Duration silence) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ConnectException _,
                        UnknownHostException _,
                        NoRouteToHostException _,
                        HttpConnectTimeoutException _,
                        SSLException _ -> {
                    return RemoteException.nobodyListens(at, cause);
                }
                case SocketTimeoutException timeout
                        when String.valueOf(timeout.getMessage()).contains("onnect") -> {
                    return RemoteException.nobodyListens(at, cause);
                }
                case SocketTimeoutException _, HttpTimeoutException _ -> {
                    return RemoteException.brokenOff(
                            at, "nothing came for %d s".formatted(silence.toSeconds()), cause);
                }
                default -> {}
            }
        }
        return RemoteException.brokenOff(at, "the connection was lost", failure);
    }
}
