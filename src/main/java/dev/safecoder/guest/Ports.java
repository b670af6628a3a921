package dev.safecoder.guest;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Set;

/** TCP inside the sandbox: listening there, and connecting to what listens there. */
final class Ports {
    private static final Set<GuestFrame> LISTEN_ANSWERS =
            Set.of(GuestFrame.LISTENING, GuestFrame.FAILED, GuestFrame.CLOSED);
    private static final Set<GuestFrame> CONNECTION_ANSWERS =
            Set.of(
                    GuestFrame.CONNECTED,
                    GuestFrame.DATA,
                    GuestFrame.DATA_END,
                    GuestFrame.CREDIT,
                    GuestFrame.FAILED,
                    GuestFrame.CLOSED);

    private final Link link;

    Ports(Link link) {
        this.link = link;
    }

    GuestListener listen(int port) throws InterruptedException {
        var exchange = link.open(FrameBuilder.of(HostFrame.LISTEN).u16(port), LISTEN_ANSWERS);
        try {
            var answer = exchange.next();
            if (answer.type() == GuestFrame.FAILED) {
                var failure = answer.failure();
                throw GuestException.cannot(
                        "listen on port %d".formatted(port), failure.errno(), failure.step());
            }
            if (answer.type() != GuestFrame.LISTENING) {
                throw answer.unexpected();
            }
            int real = answer.u16();
            answer.end();
            return new Listener(exchange, real);
        } catch (ProtocolBreach breach) {
            throw link.broken(breach);
        } catch (InterruptedException interrupted) {
            exchange.close();
            throw interrupted;
        }
    }

    GuestConnection connect(int port) throws IOException, InterruptedException {
        return connected(
                FrameBuilder.of(HostFrame.CONNECT).u16(port),
                "port %d in the sandbox".formatted(port));
    }

    private GuestConnection connected(FrameBuilder request, String where)
            throws IOException, InterruptedException {
        var exchange = link.open(request, CONNECTION_ANSWERS);
        try {
            var answer = exchange.next();
            return switch (answer.type()) {
                case CONNECTED -> {
                    answer.end();
                    yield new TcpConnection(exchange);
                }
                case FAILED -> {
                    var failure = answer.failure();
                    throw new ConnectException(
                            "%s: %s gave Linux error %d"
                                    .formatted(where, failure.step(), failure.errno()));
                }
                case CLOSED -> {
                    answer.end();
                    throw new ConnectException(where + ": it is closed");
                }
                default -> throw answer.unexpected();
            };
        } catch (ProtocolBreach breach) {
            throw link.broken(breach);
        } catch (InterruptedException interrupted) {
            exchange.close();
            throw interrupted;
        }
    }

    private final class Listener implements GuestListener {
        private final Exchange exchange;
        private final int port;

        Listener(Exchange exchange, int port) {
            this.exchange = exchange;
            this.port = port;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public GuestConnection accept() throws IOException, InterruptedException {
            return connected(
                    FrameBuilder.of(HostFrame.ACCEPT).u32(exchange.id()),
                    "the listener on port %d in the sandbox".formatted(port));
        }

        @Override
        public void close() {
            exchange.close();
        }
    }
}
