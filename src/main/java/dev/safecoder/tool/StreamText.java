package dev.safecoder.tool;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 that comes in pieces; what is none becomes replacement characters. */
final class StreamText {
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] torn = {};

    /** The characters that this piece completes. */
    CharBuffer decode(byte[] piece) {
        var bytes = ByteBuffer.allocate(torn.length + piece.length).put(torn).put(piece).flip();
        var characters = CharBuffer.allocate(bytes.remaining() + 1);
        decoder.decode(bytes, characters, false);
        torn = new byte[bytes.remaining()];
        bytes.get(torn);
        return characters.flip();
    }

    /** What is left of a character that was never completed. */
    CharBuffer end() {
        var characters = CharBuffer.allocate(torn.length + 1);
        decoder.decode(ByteBuffer.wrap(torn), characters, true);
        torn = new byte[0];
        decoder.reset();
        return characters.flip();
    }
}
