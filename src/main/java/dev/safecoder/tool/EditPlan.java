package dev.safecoder.tool;

import dev.safecoder.tool.EditMatch.Edit;
import dev.safecoder.tool.EditMatch.Found;
import dev.safecoder.tool.EditMatch.Place;
import dev.safecoder.tool.EditableText.Splice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Several edits of one file, all matched on the file as it is: all of them or none. */
final class EditPlan {
    private final byte[] file;
    private final EditableText text;
    private final EditMatch match;
    private final List<Place> places = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private EditPlan(byte[] file) {
        this.file = file;
        this.text = new EditableText(file);
        this.match = new EditMatch(text);
    }

    /** The edited file, or why it stays as it is. */
    sealed interface Planned {
        /**
         * All edits apply.
         *
         * @param lines the numbers of the lines, before the edits, where they begin
         * @param notes what the model must know of matches that were not exact
         * @param changed how many lines go or come
         */
        record Edited(byte[] bytes, List<Integer> lines, List<String> notes, long changed)
                implements Planned {}

        /** None was made; a sentence. */
        record Refused(String reason) implements Planned {}
    }

    static Planned plan(byte[] file, List<Edit> edits) {
        return new EditPlan(file).plan(edits);
    }

    private Planned plan(List<Edit> edits) {
        for (int number = 0; number < edits.size(); number++) {
            var which = edits.size() == 1 ? "" : "edits[%d].".formatted(number);
            var wrong = add(which, edits.get(number));
            if (wrong.isPresent()) {
                return new Planned.Refused(wrong.get());
            }
        }
        places.sort(Comparator.comparingInt(Place::start));
        for (int at = 1; at < places.size(); at++) {
            if (places.get(at).start() < places.get(at - 1).end()) {
                return new Planned.Refused(
                        "two edits overlap at line %d; make them one"
                                .formatted(match.lineOf(places.get(at).start())));
            }
        }
        return edited();
    }

    private Optional<String> add(String which, Edit edit) {
        if (edit.before().isEmpty()) {
            return Optional.of(
                    which + "old_string is empty; to write the whole file use write_file");
        }
        if (edit.before().equals(edit.after())) {
            return Optional.of(
                    which
                            + "old_string and new_string are the same (line endings do not count:"
                            + " the file keeps its own)");
        }
        return switch (match.find(edit)) {
            case Found.Nowhere(var reason) -> Optional.of(which + "old_string " + reason);
            case Found.Places(var found, var closeness) -> {
                places.addAll(found);
                closeness.note().ifPresent(note -> notes.add(which + "old_string was " + note));
                yield Optional.empty();
            }
        };
    }

    private Planned edited() {
        var bytes = text.with(places.stream().map(Place::splice).toList());
        return Arrays.equals(bytes, file)
                ? new Planned.Refused("the edit would leave the file as it is")
                : new Planned.Edited(
                        bytes,
                        places.stream().map(place -> match.lineOf(place.start())).toList(),
                        notes,
                        places.stream().mapToLong(place -> changed(place.splice())).sum());
    }

    private long changed(Splice splice) {
        int going = match.lineOf(splice.end()) - match.lineOf(splice.start()) + 1;
        return going + new LineText(splice.replacement()).count();
    }
}
