package dev.safecoder.process;

/**
 * What a program wrote, as text: all of it, or its head and tail around a note of what was left
 * out. Bytes that are no UTF-8 become replacement characters.
 *
 * @param bytes how many it wrote, kept or not
 */
public record ProgramOutput(String text, long bytes, Extent extent) {
    /** How much of it is in the text. */
    public enum Extent {
        WHOLE,
        HEAD_AND_TAIL
    }
}
