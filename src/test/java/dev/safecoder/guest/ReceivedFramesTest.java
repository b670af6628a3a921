package dev.safecoder.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue of a stream against the plainest queue there is, and the windows beside it. */
class ReceivedFramesTest {
    private static final GuestFrame[] TYPES = {
        GuestFrame.STDOUT, GuestFrame.STDERR, GuestFrame.ENTRY, GuestFrame.DATA_END
    };

    private record Plain(GuestFrame type, byte[] payload) {}

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void what_goes_in_comes_out_in_order_with_neighbours_joined(long seed) throws Exception {
        var random = new Random(seed);
        var packed = new ReceivedFrames();
        var plain = new ArrayDeque<Plain>();
        for (int round = 0; round < 20_000; round++) {
            if (random.nextInt(5) < 3) {
                var type = TYPES[random.nextInt(TYPES.length)];
                var payload = new byte[random.nextInt(50) == 0 ? 5_000 : random.nextInt(8)];
                random.nextBytes(payload);
                packed.add(type, payload, 0, payload.length);
                plain.add(new Plain(type, payload));
            } else if (!packed.isEmpty()) {
                compare(packed.remove(), plain);
            }
        }
        while (!packed.isEmpty()) {
            compare(packed.remove(), plain);
        }
        assertThat(plain).isEmpty();
    }

    /** One answer is one frame, or several of one byte stream. */
    private static void compare(Answer answer, ArrayDeque<Plain> plain) {
        var joined = new ByteArrayOutputStream();
        do {
            var frame = plain.remove();
            assertThat(frame.type()).isEqualTo(answer.type());
            joined.writeBytes(frame.payload());
        } while (joined.size() < answer.piece().length
                || answer.type().isBytes()
                        && !plain.isEmpty()
                        && plain.peek().type() == answer.type()
                        && plain.peek().payload().length == 0);
        assertThat(answer.piece()).isEqualTo(joined.toByteArray());
    }

    @Test
    void a_queue_that_no_credit_explains_is_a_breach() {
        var packed = new ReceivedFrames();
        assertThatThrownBy(
                        () -> {
                            for (int index = 0; index < 1_000_000; index++) {
                                packed.add(GuestFrame.DATA_END, new byte[0], 0, 0);
                            }
                        })
                .isInstanceOf(ProtocolBreach.class)
                .hasMessage("a stream on which more than 2097152 bytes of frames wait");
    }

    @Test
    void one_frame_may_take_the_credit_below_zero_and_the_next_may_not_come() throws Exception {
        var window = new ReceiveWindow();
        window.spend(ReceiveWindow.INITIAL - 1);
        window.spend(65_536);
        assertThat(window.isSpent()).isTrue();
        assertThatThrownBy(() -> window.spend(1)).isInstanceOf(ProtocolBreach.class);
    }

    @Test
    void credit_is_granted_in_quarters_of_the_window() throws Exception {
        var window = new ReceiveWindow();
        window.spend(ReceiveWindow.INITIAL);
        assertThat(window.grant(65_535)).isZero();
        assertThat(window.isSpent()).isTrue();
        assertThat(window.grant(1)).isEqualTo(65_536);
        assertThat(window.isSpent()).isFalse();
    }

    @Test
    void no_more_is_sent_than_there_is_credit() throws Exception {
        var window = new SendWindow();
        for (int index = 0; index < 4; index++) {
            assertThat(window.spend(1_000_000)).isEqualTo(65_536);
        }
        assertThat(window.isOpen()).isFalse();
        window.give(10);
        assertThat(window.spend(1_000_000)).isEqualTo(10);
    }
}
