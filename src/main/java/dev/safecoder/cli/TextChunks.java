package dev.safecoder.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 that comes in pieces, as text: a character that is cut waits for its rest. */
final class TextChunks {
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] left = {};

    /** What these bytes complete. */
    String next(byte[] bytes) {
        return decode(bytes, false);
    }

    /** What is still there at the end. */
    String rest() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] bytes, boolean last) {
        var input = ByteBuffer.allocate(left.length + bytes.length).put(left).put(bytes).flip();
        var text = CharBuffer.allocate(input.remaining() + 1);
        decoder.decode(input, text, last);
        left = Arrays.copyOfRange(input.array(), input.position(), input.limit());
        return text.flip().toString();
    }
}
