package dev.safecoder.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.change.BlobSource;
import dev.safecoder.change.Change;
import dev.safecoder.change.Hunk;
import dev.safecoder.change.TextChange;
import dev.safecoder.review.FileReview;
import dev.safecoder.review.Risk;
import dev.safecoder.review.Verdict;
import dev.safecoder.session.SessionRecord;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A review as one JSON object, written file by file: a large one is never whole in memory. */
final class ReviewJson {
    private final Console console;

    ReviewJson(Console console) {
        this.console = console;
    }

    void print(SessionRecord record, List<FileReview> files, BlobSource blobs) throws IOException {
        var head = ReportJson.object().put("session", record.id().text());
        head.put("project", record.project().toString());
        var open = ReportJson.text(head);
        console.result(open.substring(0, open.length() - 1) + ",\"files\":[");
        for (int at = 0; at < files.size(); at++) {
            var comma = at + 1 < files.size() ? "," : "";
            console.result(ReportJson.text(file(files.get(at), blobs)) + comma);
        }
        console.result("]}");
    }

    private static ObjectNode file(FileReview file, BlobSource blobs) throws IOException {
        var change = file.change();
        var json = ReportJson.path(ReportJson.object(), change.path());
        json.put("kind", ReportJson.kind(change));
        change.from().ifPresent(from -> json.put("from", PathText.shown(from.bytes())));
        json.put("lines_added", change.lines().added());
        json.put("lines_deleted", change.lines().deleted());
        json.put("verdict", text(file.verdict()));
        flags(json.putArray("flags"), file.risks().stream());
        var reasons = json.putArray("reasons");
        for (var risk : file.risks()) {
            var lines =
                    reasons.addObject()
                            .put("flag", risk.flag().toString())
                            .put("reason", risk.reason())
                            .putArray("lines");
            risk.lines().forEach(lines::add);
        }
        var hunks = json.putArray("hunks");
        if (change.content() == Change.Content.TEXT) {
            var text = TextChange.of(change, blobs);
            text.hunks().forEach(hunk -> add(hunks.addObject(), file, text, hunk));
        }
        return json;
    }

    /** Lines count from 1. */
    private static void add(ObjectNode json, FileReview file, TextChange text, Hunk hunk) {
        json.put("id", hunk.id());
        json.put("verdict", text(file.verdict(text, hunk)));
        flags(json.putArray("flags"), file.risks().stream().filter(risk -> isIn(risk, hunk)));
        json.put("before_line", hunk.beforeStart() + 1);
        json.put("before_count", hunk.beforeEnd() - hunk.beforeStart());
        json.put("after_line", hunk.afterStart() + 1);
        json.put("after_count", hunk.afterEnd() - hunk.afterStart());
        var parts = json.putArray("parts");
        for (var part : text.split(hunk)) {
            parts.addObject()
                    .put("id", part.id())
                    .put("verdict", text(file.verdict(text, part)))
                    .put("before_line", part.beforeStart() + 1)
                    .put("after_line", part.afterStart() + 1);
        }
    }

    /** A risk that no line shows is one of every hunk. */
    private static boolean isIn(Risk risk, Hunk hunk) {
        return risk.lines().isEmpty()
                || risk.lines().stream()
                        .anyMatch(line -> line > hunk.afterStart() && line <= hunk.afterEnd());
    }

    private static void flags(ArrayNode flags, Stream<Risk> risks) {
        risks.map(risk -> risk.flag().toString()).distinct().forEach(flags::add);
    }

    private static String text(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
