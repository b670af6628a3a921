package dev.safecoder.session;

import dev.safecoder.model.Message;
import dev.safecoder.model.ToolAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the lines of a transcript come to. A compaction is an entry like a message, carried out when
 * all lines were taken: a rewind to before it leaves the messages as they were said.
 */
final class TranscriptCourse {
    static final String REWOUND = "The user took back what this call did.";

    private final List<Entry> entries = new ArrayList<>();
    private final NavigableMap<Integer, Mark> marks = new TreeMap<>();

    private sealed interface Entry {
        record Said(Message message) implements Entry {}

        record Compacted(Compaction step) implements Entry {}
    }

    private record Mark(int entries, int answered) {}

    void said(Message message) {
        if (!(message instanceof Message.ToolAnswers)) {
            answerLast();
        }
        entries.add(new Entry.Said(message));
    }

    void compacted(Compaction step) {
        answerLast();
        entries.add(new Entry.Compacted(step));
    }

    void checkpoint(int step, int answered) {
        marks.put(step, new Mark(entries.size(), answered));
    }

    /** To the checkpoint, or the last one before it that is known; step 0 is the beginning. */
    void rewind(int step) {
        var mark = Optional.ofNullable(marks.floorEntry(step)).map(Map.Entry::getValue);
        int kept = mark.map(Mark::entries).orElse(0);
        marks.tailMap(step, false).clear();
        var rest = entries.subList(Math.min(kept, entries.size()), entries.size());
        var answers =
                !rest.isEmpty()
                                && rest.getFirst()
                                        instanceof Entry.Said(Message.ToolAnswers(var given))
                        ? Optional.of(until(mark.orElseThrow().answered(), given))
                        : Optional.<Message>empty();
        rest.clear();
        answers.ifPresent(it -> entries.add(new Entry.Said(it)));
    }

    /** The answers to a reply in whose middle the checkpoint was taken. */
    private static Message until(int answered, List<ToolAnswer> given) {
        var answers = new ArrayList<ToolAnswer>();
        for (var answer : given) {
            answers.add(
                    answers.size() < answered
                            ? answer
                            : new ToolAnswer(answer.id(), REWOUND, ToolAnswer.Outcome.REFUSED));
        }
        return new Message.ToolAnswers(answers);
    }

    /** Gives the requests of the last reply answers, when a crash left them without. */
    private void answerLast() {
        if (!entries.isEmpty()
                && entries.getLast() instanceof Entry.Said(Message.ModelReply(var reply))
                && !reply.requests().isEmpty()) {
            entries.add(new Entry.Said(Transcript.unanswered(reply.requests())));
        }
    }

    /** All that was said and not taken back, compactions left out. */
    List<Message> said() {
        answerLast();
        return entries.stream()
                .flatMap(
                        entry ->
                                switch (entry) {
                                    case Entry.Said(var message) -> Stream.of(message);
                                    case Entry.Compacted _ -> Stream.<Message>empty();
                                })
                .toList();
    }

    /** As they stand after all lines. */
    List<Message> messages() {
        answerLast();
        List<Message> messages = new ArrayList<>();
        for (var entry : entries) {
            switch (entry) {
                case Entry.Said(var message) -> messages.add(message);
                case Entry.Compacted(var step) ->
                        messages = new ArrayList<>(step.applyTo(messages));
            }
        }
        return messages;
    }
}
