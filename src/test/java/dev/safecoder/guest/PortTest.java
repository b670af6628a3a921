package dev.safecoder.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TCP through a real guest, which here listens and connects on this machine's own loopback. */
@Timeout(60)
class PortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir Path scratch;
    @TempDir Path root;
    private Guest guest;

    @BeforeEach
    void start() throws Exception {
        guest = RealGuest.connect(scratch, root);
    }

    @AfterEach
    void stop() {
        guest.close();
    }

    @Test
    void a_connection_inside_reaches_the_host_and_each_side_ends_by_itself() throws Exception {
        try (var listener = guest.listen(0);
                var client = new Socket(LOOPBACK, listener.port());
                var connection = listener.accept()) {
            client.getOutputStream().write("question".getBytes(UTF_8));
            client.shutdownOutput();
            assertThat(connection.input().readAllBytes()).isEqualTo("question".getBytes(UTF_8));
            connection.output().write("answer".getBytes(UTF_8));
            connection.output().close();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo("answer".getBytes(UTF_8));
        }
    }

    @Test
    void the_host_reaches_a_port_inside_and_ends_first() throws Exception {
        try (var server = new ServerSocket(0, 5, LOOPBACK);
                var connection = guest.connect(server.getLocalPort());
                var peer = server.accept()) {
            connection.output().write("question".getBytes(UTF_8));
            connection.output().close();
            assertThat(peer.getInputStream().readAllBytes()).isEqualTo("question".getBytes(UTF_8));
            peer.getOutputStream().write("answer".getBytes(UTF_8));
            peer.shutdownOutput();
            assertThat(connection.input().readAllBytes()).isEqualTo("answer".getBytes(UTF_8));
            assertThat(connection.input().read()).isEqualTo(-1);
        }
    }

    @Test
    void ten_megabytes_go_both_ways_at_once() throws Exception {
        var bytes = new byte[10 << 20];
        new Random(5).nextBytes(bytes);
        try (var server = new ServerSocket(0, 5, LOOPBACK);
                var connection = guest.connect(server.getLocalPort());
                var peer = server.accept();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var echo =
                    threads.submit(
                            () -> {
                                peer.getInputStream().transferTo(peer.getOutputStream());
                                peer.shutdownOutput();
                                return "echoed";
                            });
            var sent =
                    threads.submit(
                            () -> {
                                connection.output().write(bytes);
                                connection.output().close();
                                return "sent";
                            });
            assertThat(Arrays.equals(connection.input().readAllBytes(), bytes)).isTrue();
            assertThat(sent.get()).isEqualTo("sent");
            assertThat(echo.get()).isEqualTo("echoed");
        }
    }

    @Test
    void a_port_that_nobody_listens_on_is_refused() throws Exception {
        int free;
        try (var server = new ServerSocket(0, 5, LOOPBACK)) {
            free = server.getLocalPort();
        }
        assertThatThrownBy(() -> guest.connect(free))
                .isInstanceOf(ConnectException.class)
                .hasMessage("port %d in the sandbox: connect gave Linux error 111".formatted(free));
    }

    @Test
    void a_port_that_is_taken_is_named_and_the_guest_lives_on() throws Exception {
        try (var first = guest.listen(0)) {
            assertThatThrownBy(() -> guest.listen(first.port()))
                    .isInstanceOf(GuestException.class)
                    .hasMessage(
                            "The sandbox could not listen on port %d: listen gave Linux error 98"
                                    .formatted(first.port()));
        }
        guest.freeze().close();
    }

    @Test
    void closing_the_listener_ends_who_waits_for_a_connection() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var listener = guest.listen(0);
            var waiting = threads.submit(listener::accept);
            guest.freeze().close(); // the guest has seen what was asked before
            listener.close();
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_the_listener_goes_on() throws Exception {
        try (var listener = guest.listen(0)) {
            InterruptedCaller.of(listener::accept).interruptOnceItWaits();
            guest.stat(List.of("x".getBytes(UTF_8))); // the guest has heard of it
            try (var client = new Socket(LOOPBACK, listener.port());
                    var connection = listener.accept()) {
                client.getOutputStream().write(7);
                assertThat(connection.input().read()).isEqualTo(7);
            }
        }
    }

    @Test
    void a_connection_that_breaks_inside_is_an_io_exception() throws Exception {
        try (var server = new ServerSocket(0, 5, LOOPBACK);
                var connection = guest.connect(server.getLocalPort())) {
            var peer = server.accept();
            peer.setOption(StandardSocketOptions.SO_LINGER, 0);
            peer.close(); // a reset
            assertThatThrownBy(() -> connection.input().read()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> connection.input().read()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> connection.output().write(1)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void closing_a_connection_ends_it_inside() throws Exception {
        try (var server = new ServerSocket(0, 5, LOOPBACK)) {
            var connection = guest.connect(server.getLocalPort());
            try (var peer = server.accept()) {
                connection.close();
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void a_hundred_connections_live_side_by_side() throws Exception {
        try (var listener = guest.listen(0);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Integer>>();
            for (int index = 0; index < 100; index++) {
                int number = index;
                answers.add(
                        threads.submit(
                                () -> {
                                    try (var client = new Socket()) {
                                        client.connect(
                                                new InetSocketAddress(LOOPBACK, listener.port()));
                                        client.getOutputStream().write(number);
                                        return client.getInputStream().read();
                                    }
                                }));
                threads.submit(
                        () -> {
                            try (var connection = listener.accept()) {
                                connection.output().write(connection.input().read());
                                connection.output().close();
                                return connection.input().read();
                            }
                        });
            }
            for (int index = 0; index < 100; index++) {
                assertThat(answers.get(index).get()).isEqualTo(index);
            }
        }
    }
}
