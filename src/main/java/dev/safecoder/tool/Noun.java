package dev.safecoder.tool;

/** What answers count. */
enum Noun {
    BYTE("byte", "bytes"),
    ENTRY("entry", "entries"),
    FILE("file", "files"),
    LINE("line", "lines"),
    PLACE("place", "places"),
    PROCESS("process", "processes");

    private final String one;
    private final String many;

    Noun(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /** Such as {@code 1 line}, {@code 2 lines}. */
    String count(long number) {
        return "%d %s".formatted(number, number == 1 ? one : many);
    }

    String many() {
        return many;
    }
}
