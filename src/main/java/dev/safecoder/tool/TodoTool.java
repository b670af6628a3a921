package dev.safecoder.tool;

import dev.safecoder.tool.Field.Kind;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps the model's own list of what is to be done. */
final class TodoTool implements Tool {
    private static final int MOST_ITEMS = 100;
    private static final int MOST_CHARACTERS = 500;
    private static final String PENDING = "pending";
    private static final String IN_PROGRESS = "in_progress";
    private static final String COMPLETED = "completed";

    private static final ToolSpec SPEC =
            ToolSpec.reading(
                    "todo",
                    "Keeps a list of steps for work that has several; the user sees it. Every call"
                            + " gives the whole list, which replaces the one before; a call without"
                            + " todos shows it.",
                    Field.optional(
                            "todos",
                            new Kind.ListOf(
                                    List.of(
                                            Field.required("content", new Kind.Text(), "The step"),
                                            Field.required(
                                                    "status",
                                                    new Kind.OneOf(
                                                            List.of(
                                                                    PENDING,
                                                                    IN_PROGRESS,
                                                                    COMPLETED)),
                                                    "How far it is")),
                                    MOST_ITEMS),
                            "All steps in order"));

    private volatile List<Item> items = List.of();

    private record Item(String content, String status) {
        String shown() {
            var mark =
                    switch (status) {
                        case COMPLETED -> "[x]";
                        case IN_PROGRESS -> "[>]";
                        default -> "[ ]";
                    };
            return mark + " " + content;
        }
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Said run(Arguments arguments) {
        if (arguments.isGiven("todos")) {
            items =
                    arguments.list("todos").stream()
                            .map(
                                    item ->
                                            new Item(
                                                    ModelText.cut(
                                                            item.text("content"), MOST_CHARACTERS),
                                                    item.text("status")))
                            .toList();
        }
        var now = items;
        long done = now.stream().filter(item -> item.status().equals(COMPLETED)).count();
        return Said.read(
                now.isEmpty()
                        ? "(the list is empty)"
                        : now.stream().map(Item::shown).collect(Collectors.joining("\n")),
                "%d of %d steps done".formatted(done, now.size()));
    }
}
