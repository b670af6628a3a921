package dev.safecoder.model;

/** What a tool answers to the request with this id. */
public record ToolAnswer(String id, String text, Outcome outcome) {
    /** Whether the request was met. */
    public enum Outcome {
        DONE,
        REFUSED
    }
}
