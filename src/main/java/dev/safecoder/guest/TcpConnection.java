package dev.safecoder.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;

/** A TCP connection inside, as two byte streams. */
final class TcpConnection implements GuestConnection {
    private final Exchange exchange;
    private final InputStream input;
    private final OutputStream output;

    TcpConnection(Exchange exchange) {
        this.exchange = exchange;
        input = new PieceInput(this::next);
        output = new PieceOutput(exchange, HostFrame.DATA, HostFrame.DATA_END);
    }

    private byte[] next() throws IOException, InterruptedException {
        if (exchange.isOver()) {
            throw new SocketException("the connection in the sandbox is closed");
        }
        try {
            var answer = exchange.next();
            return switch (answer.type()) {
                case DATA -> answer.piece();
                case DATA_END -> {
                    answer.end();
                    yield new byte[0];
                }
                case CLOSED -> {
                    answer.end();
                    throw new SocketException("the connection in the sandbox is closed");
                }
                case FAILED -> {
                    var failure = answer.failure();
                    throw new SocketException(
                            "the connection in the sandbox broke: %s gave Linux error %d"
                                    .formatted(failure.step(), failure.errno()));
                }
                default -> throw answer.unexpected();
            };
        } catch (ProtocolBreach breach) {
            throw exchange.broken(breach);
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
