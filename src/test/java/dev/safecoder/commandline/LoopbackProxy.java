package dev.safecoder.commandline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A proxy on loopback, for one request a connection. Whatever host is asked for, it leads to one
 * service: a plain request as it is, a tunnel by TLS as if the service had a certificate.
 */
final class LoopbackProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int service;
    private final SSLContext certificate;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    LoopbackProxy(int service, SSLContext certificate) throws IOException {
        this.service = service;
        this.certificate = certificate;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** What it could read of each connection: the lines before the body or the tunnel. */
    List<String> heads() {
        return heads;
    }

    private Void accept() throws IOException {
        while (true) {
            var client = listening.accept();
            threads.submit(() -> serve(client));
        }
    }

    private Void serve(Socket client) throws IOException {
        try (client;
                var behind = new Socket(InetAddress.getLoopbackAddress(), service)) {
            var head = head(client.getInputStream());
            heads.add(head);
            if (head.startsWith("CONNECT ")) {
                write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
                relay(decrypted(client), behind);
            } else {
                // a service is asked for a path, a proxy for an address
                write(behind.getOutputStream(), head.replaceFirst(" http://[^/]+", " "));
                relay(client, behind);
            }
        }
        return null;
    }

    private SSLSocket decrypted(Socket client) throws IOException {
        var socket =
                (SSLSocket)
                        certificate
                                .getSocketFactory()
                                .createSocket(client, null, client.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private void relay(Socket client, Socket behind) throws IOException {
        threads.submit(
                () -> {
                    client.getInputStream().transferTo(behind.getOutputStream());
                    return null;
                });
        try {
            behind.getInputStream().transferTo(client.getOutputStream());
        } catch (SocketException hungUp) {
            // the client has all that it wanted
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
