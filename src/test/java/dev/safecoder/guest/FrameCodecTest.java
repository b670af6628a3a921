package dev.safecoder.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of the codec over many random inputs; a failure names the seed. */
class FrameCodecTest {
    private static final int FRAMES = 400;

    private record Frame(int type, int stream, List<Byte> payload) {
        static Frame of(int type, int stream, byte[] bytes, int start, int length) {
            var payload = new ArrayList<Byte>(length);
            for (int index = start; index < start + length; index++) {
                payload.add(bytes[index]);
            }
            return new Frame(type, stream, payload);
        }
    }

    /** Gives as many bytes at a time as chance will have it. */
    private static InputStream fragmented(byte[] all, Random random) {
        return new ByteArrayInputStream(all) {
            @Override
            public int read(byte[] target, int offset, int most) {
                int bound = random.nextInt(4) == 0 ? most : Math.min(most, 16);
                return super.read(target, offset, 1 + random.nextInt(bound));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void frames_come_out_as_they_went_in_however_they_are_cut(long seed) throws Exception {
        var random = new Random(seed);
        var wire = new ByteArrayOutputStream();
        var sent = new ArrayList<Frame>();
        for (int index = 0; index < FRAMES; index++) {
            var type = HostFrame.values()[random.nextInt(HostFrame.values().length)];
            int most = random.nextInt(20) == 0 ? FrameBuilder.MOST_PAYLOAD : 40;
            var payload = new byte[random.nextInt(most + 1)];
            random.nextBytes(payload);
            int stream = random.nextInt();
            wire.writeBytes(FrameBuilder.piece(type, payload, 0, payload.length).finish(stream));
            sent.add(Frame.of(type.code(), stream, payload, 0, payload.length));
        }
        assertThat(read(fragmented(wire.toByteArray(), random))).isEqualTo(sent);
    }

    private static List<Frame> read(InputStream input) throws IOException, ProtocolBreach {
        var frames = new FrameReader(input);
        var all = new ArrayList<Frame>();
        while (frames.next()) {
            all.add(
                    Frame.of(
                            frames.type(),
                            frames.stream(),
                            frames.array(),
                            frames.payloadStart(),
                            frames.payloadLength()));
        }
        return all;
    }

    @Test
    void the_largest_frames_go_through_and_one_byte_more_does_not() throws Exception {
        var largest = new byte[FrameBuilder.MOST_PAYLOAD];
        var frame = ScriptedGuest.frame(0x49, 1, largest);
        var four = new ByteArrayOutputStream();
        for (int index = 0; index < 4; index++) {
            four.writeBytes(frame);
        }
        assertThat(read(new ByteArrayInputStream(four.toByteArray()))).hasSize(4);
        var tooLarge = ScriptedGuest.frame(0x49, 1, new byte[FrameBuilder.MOST_PAYLOAD + 1]);
        assertThatThrownBy(() -> read(new ByteArrayInputStream(tooLarge)))
                .isInstanceOf(ProtocolBreach.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void noise_is_a_breach_or_the_end_and_nothing_else(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (random.nextBoolean() && noise.length > 4) { // a length that passes
                noise[0] = 0;
                noise[1] = 0;
                noise[2] = 0;
            }
            var thrown = catchThrowable(() -> read(fragmented(noise, random)));
            if (thrown != null) {
                assertThat(thrown).isInstanceOfAny(ProtocolBreach.class, IOException.class);
            }
        }
    }

    @Test
    void a_payload_cut_anywhere_is_a_breach() throws Exception {
        var whole = ScriptedGuest.entry(1, 5, "some/path").bytes();
        assertThat(EntryAnswer.read(new Answer(GuestFrame.ENTRY, whole)).size()).isEqualTo(5);
        for (int length = 0; length < whole.length; length++) {
            var cut = new Answer(GuestFrame.ENTRY, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> EntryAnswer.read(cut)).isInstanceOf(ProtocolBreach.class);
        }
        var longer = new Answer(GuestFrame.ENTRY, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> EntryAnswer.read(longer)).isInstanceOf(ProtocolBreach.class);
    }

    @Test
    void types_are_numbered_as_in_the_protocol() throws Exception {
        assertThat(GuestFrame.INFO.code()).isEqualTo(0x50);
        assertThat(HostFrame.BYE.code()).isEqualTo(0x16);
        for (var type : GuestFrame.values()) {
            assertThat(GuestFrame.of(type.code())).isEqualTo(type);
        }
        for (int code : new int[] {0, 0x16, 0x40, 0x51, 0xff}) {
            assertThatThrownBy(() -> GuestFrame.of(code)).isInstanceOf(ProtocolBreach.class);
        }
    }

    @Test
    void numbers_are_big_endian_and_never_cut() {
        assertThat(
                        FrameBuilder.of(HostFrame.EXEC)
                                .u8(0xfe)
                                .u16(0x0102)
                                .u32(0xfffe_fdfcL)
                                .u64(0x0102_0304_0506_0708L)
                                .text("é")
                                .finish(0x0a0b_0c0d))
                .containsExactly(
                        0, 0, 0, 26, 2, 10, 11, 12, 13, 0xfe, 1, 2, 0xff, 0xfe, 0xfd, 0xfc, 1, 2, 3,
                        4, 5, 6, 7, 8, 0, 0, 0, 2, 0xc3, 0xa9);
        assertThatThrownBy(() -> FrameBuilder.of(HostFrame.RESIZE).u16(65_536))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FrameBuilder.of(HostFrame.RESIZE).u32(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
