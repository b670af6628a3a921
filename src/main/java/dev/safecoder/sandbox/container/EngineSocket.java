package dev.safecoder.sandbox.container;

import com.github.dockerjava.transport.NamedPipeSocket;
import dev.safecoder.sandbox.container.EngineAddress.Pipe;
import dev.safecoder.sandbox.container.EngineAddress.Tcp;
import dev.safecoder.sandbox.container.EngineAddress.Unix;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** One connection to an engine; closing it ends reads and writes that are under way. */
record EngineSocket(InputStream input, OutputStream output, Closeable connection)
        implements Closeable {
    private static final int CONNECT_MILLIS = 5_000;

    static EngineSocket open(EngineAddress address) throws IOException {
        return switch (address) {
            case Unix(var socket) ->
                    of(SocketChannel.open(UnixDomainSocketAddress.of(socket.toString())));
            case Pipe(var name) -> pipe(name);
            case Tcp tcp when tcp.tls().isPresent() ->
                    of(new EngineTls(tcp.tls().get()).connect(tcp, connect(tcp).socket()));
            case Tcp tcp -> of(connect(tcp));
        };
    }

    private static EngineSocket pipe(String name) throws IOException {
        var socket = new NamedPipeSocket(name);
        socket.connect(null, CONNECT_MILLIS);
        return of(socket);
    }

    private static SocketChannel connect(Tcp address) throws IOException {
        var channel = SocketChannel.open();
        try {
            var where = new InetSocketAddress(address.host(), address.port());
            channel.socket().connect(where, CONNECT_MILLIS);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return channel;
        } catch (IOException | IllegalArgumentException e) {
            channel.close();
            throw e;
        }
    }

    private static EngineSocket of(SocketChannel channel) {
        return new EngineSocket(
                Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
    }

    private static EngineSocket of(Socket socket) throws IOException {
        return new EngineSocket(socket.getInputStream(), socket.getOutputStream(), socket);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
