package dev.safecoder.model.remote;

import java.util.function.Consumer;

/** Finds the events in the lines of an event stream; only their contents, as no more is needed. */
public final class ServerSentEvents implements Consumer<String> {
    private static final String FIELD = "data:";

    private final Consumer<String> event;
    private final StringBuilder content = new StringBuilder();

    /**
     * @param event gets the content of each event
     */
    public ServerSentEvents(Consumer<String> event) {
        this.event = event;
    }

    @Override
    public void accept(String line) {
        if (line.isEmpty()) {
            end();
        } else if (line.startsWith(FIELD)) {
            var more = line.substring(FIELD.length());
            content.append(content.isEmpty() ? "" : "\n")
                    .append(more.startsWith(" ") ? more.substring(1) : more);
        }
    }

    /** After the last line: some servers leave out the empty one. */
    public void end() {
        if (!content.isEmpty()) {
            var whole = content.toString();
            content.setLength(0);
            event.accept(whole);
        }
    }
}
