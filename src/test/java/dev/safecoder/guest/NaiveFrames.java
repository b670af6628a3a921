package dev.safecoder.guest;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a client without checks would do: the negative control of the tests about memory. */
final class NaiveFrames {
    private final DataInputStream input;
    private final List<byte[]> waiting = new ArrayList<>();

    NaiveFrames(DataInputStream input) {
        this.input = input;
    }

    /** Believes the length and keeps whatever comes. */
    void read(int frames) throws IOException {
        for (int index = 0; index < frames; index++) {
            var frame = new byte[input.readInt()];
            input.readFully(frame);
            waiting.add(frame);
        }
    }

    int waiting() {
        return waiting.size();
    }
}
