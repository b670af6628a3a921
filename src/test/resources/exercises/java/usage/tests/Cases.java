final class Cases {
    static void sizesIncludeWhatIsBelow() {
        Folder deep = new Folder("deep").file(5);
        for (int level = 0; level < 500; level++) {
            deep = new Folder("level").file(1).folder(deep);
        }
        Checks.same(deep.size(), 505L);
    }

    static void oneFolder() {
        Checks.same(Usage.of(new Folder("empty")), "empty 0\n");
    }

    static void drawsATree() {
        Folder root = new Folder("root").file(1);
        root.folder(new Folder("docs").file(2));
        root.folder(new Folder("src").folder(new Folder("main").file(9)).folder(new Folder("test").file(3)));
        root.folder(new Folder("bin").file(2));
        Checks.same(
                Usage.of(root),
                """
                root 17
                ├─ src 12
                │  ├─ main 9
                │  └─ test 3
                ├─ bin 2
                └─ docs 2
                """);
    }
}
