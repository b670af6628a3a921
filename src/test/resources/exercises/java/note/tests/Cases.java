final class Cases {
    static void shortText() {
        Checks.same(Note.framed("milk", 20), "+------+\n| milk |\n+------+\n");
    }

    static void breaksLines() {
        Checks.same(
                Note.framed("milk, bread\nand  butter", 16),
                """
                +-------------+
                | milk, bread |
                | and butter  |
                +-------------+
                """);
    }

    static void cutsLongWords() {
        Checks.same(
                Note.framed("a marmalade", 8),
                """
                +------+
                | a    |
                | marm |
                | alad |
                | e    |
                +------+
                """);
    }

    static void nothing() {
        Checks.same(Note.framed(" ", 9), "+--+\n|  |\n+--+\n");
    }

    static void tooNarrow() {
        Checks.refused(() -> Note.framed("x", 4));
    }
}
