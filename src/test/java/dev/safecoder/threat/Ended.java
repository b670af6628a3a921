package dev.safecoder.threat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.safecoder.app.ChangeReport;
import dev.safecoder.app.Delivery;
import dev.safecoder.app.DeliveryResult;
import dev.safecoder.app.PathFilter;
import dev.safecoder.change.Change;
import dev.safecoder.change.TreeEntry;
import dev.safecoder.path.RelativePath;
import dev.safecoder.session.SessionRecord;
import dev.safecoder.session.ToolCall;
import dev.safecoder.text.TerminalEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A session after its sandbox: what the user is told, and the way of its changes to the project.
 */
record Ended(Scene scene, SessionRecord record, List<ToolCall> calls) {
    /** What the model was answered, call by call. */
    List<String> answers() {
        return calls.stream().map(call -> call.result().answer().text()).toList();
    }

    /** What the model was answered to its only call. */
    String answer() {
        assertThat(calls).hasSize(1);
        return answers().getFirst();
    }

    /** The changes as a review names them: kind, path, flags. */
    List<String> changes() throws IOException {
        try (var delivery = delivery()) {
            return delivery.reports().stream().map(Ended::line).toList();
        }
    }

    private static String line(ChangeReport report) {
        return "%s %s%s"
                .formatted(
                        report.change().kind().name().toLowerCase(Locale.ROOT),
                        report.change().path(),
                        report.flags().isEmpty() ? "" : " " + report.flags());
    }

    /** What stays inside, as a person is told: the path with everything unusual made visible. */
    List<String> refused() {
        return record.refusals().stream()
                .map(it -> TerminalEncoder.line(it.path()) + ": " + it.reason())
                .sorted()
                .toList();
    }

    /** The content that the review shows for a path. */
    byte[] reviewed(String path) throws IOException {
        try (var history = scene.application().history(record)) {
            var last = history.checkpoints().getLast().step();
            var entry = history.tree(last).get(RelativePath.of(path));
            assertThat(entry).as(path).isNotNull();
            return history.bytes(Objects.requireNonNull(entry).blob());
        }
    }

    /** The user takes everything, flagged or not. */
    DeliveryResult acceptAll() throws IOException {
        return accept(Delivery.Selection.ALL);
    }

    /** The user takes these, flagged or not. */
    DeliveryResult accept(String... paths) throws IOException {
        var wanted = Arrays.stream(paths).map(RelativePath::of).toList();
        return accept(
                new Delivery.Selection(Delivery.Selection.Flagged.TOO, new PathFilter(wanted)));
    }

    /** Applies, and asserts that the project is then what the answer says and nothing else. */
    DeliveryResult accept(Delivery.Selection selection) throws IOException {
        var before = HostTree.of(scene.project());
        try (var delivery = delivery()) {
            var changes = delivery.changes();
            var result = delivery.apply(selection);
            var applied =
                    changes.stream()
                            .filter(change -> result.applied().contains(change.path()))
                            .toList();
            var expected = with(applied, before);
            var now = HostTree.of(scene.project());
            assertThat(files(now)).isEqualTo(files(expected));
            assertThat(now.keySet()).isSubsetOf(expected.keySet());
            return result;
        }
    }

    /** What a tree is with these changes, by the session's own history. */
    private Map<String, String> with(List<Change> applied, Map<String, String> before)
            throws IOException {
        var tree = new TreeMap<>(before);
        try (var history = scene.application().history(record)) {
            for (var change : applied) {
                change.from().ifPresent(from -> tree.remove(from.toString()));
                tree.remove(change.path().toString());
                if (change.after().isPresent()) {
                    var entry = change.after().get();
                    put(tree, change.path(), entry, history.bytes(entry.blob()));
                }
            }
        }
        return tree;
    }

    private static void put(
            Map<String, String> tree, RelativePath path, TreeEntry entry, byte[] content) {
        var mode = entry.type() == TreeEntry.Type.EXECUTABLE ? "rwxr-xr-x" : "rw-r--r--";
        tree.put(path.toString(), HostTree.file(mode, content));
        for (var at = path.parent(); at.isPresent(); at = at.get().parent()) {
            tree.put(at.get().toString(), "folder");
        }
    }

    private static Map<String, String> files(Map<String, String> tree) {
        return tree.entrySet().stream()
                .filter(it -> !it.getValue().equals("folder"))
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
    }

    private Delivery delivery() throws IOException {
        return scene.application().delivery(record);
    }

    /** Where the session's record, conversation and history lie. */
    Path folder() {
        return scene.application().sessions().folder(record.id()).folder();
    }
}
