package dev.safecoder.apply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.safecoder.change.BlobId;
import dev.safecoder.path.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan as JSON. What it reads may be damaged, and is believed only when it is whole. */
final class JournalFormat {
    private static final int VERSION = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private JournalFormat() {}

    /** The file does not hold a plan of ours. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private record WirePlan(
            int version,
            @Nullable String project,
            @Nullable String session,
            @Nullable String staging,
            @Nullable List<WireStep> steps) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record WireStep(
            @Nullable String path,
            @Nullable String pathBytes,
            @Nullable WireHeld before,
            @Nullable WireHeld after,
            @Nullable WireSide session,
            @Nullable String goesTo,
            @Nullable String goesToBytes) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record WireSide(@Nullable WireHeld from, @Nullable WireHeld to) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record WireHeld(
            @Nullable String type,
            @Nullable String blob,
            @Nullable Long size,
            @Nullable String target,
            @Nullable WireRights rights) {}

    private record WireRights(@Nullable String mode, int uid, int gid) {}

    static byte[] write(Plan plan) throws IOException {
        var steps = plan.steps().stream().map(JournalFormat::wire).toList();
        var staging = plan.staging().utf8().orElseThrow();
        return JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(
                        new WirePlan(
                                VERSION,
                                plan.project().toString(),
                                plan.session(),
                                staging,
                                steps));
    }

    private static WireStep wire(Step step) {
        var path = Optional.of(step.path());
        return new WireStep(
                text(path),
                bytes(path),
                step.before().map(JournalFormat::wire).orElse(null),
                step.after().map(JournalFormat::wire).orElse(null),
                step.session().map(JournalFormat::wire).orElse(null),
                text(step.goesTo()),
                bytes(step.goesTo()));
    }

    private static @Nullable String text(Optional<RelativePath> path) {
        return path.flatMap(RelativePath::utf8).orElse(null);
    }

    /** Of a path that is no text. */
    private static @Nullable String bytes(Optional<RelativePath> path) {
        return path.filter(raw -> raw.utf8().isEmpty())
                .map(raw -> Base64.getEncoder().encodeToString(raw.bytes()))
                .orElse(null);
    }

    private static WireSide wire(SessionSide side) {
        return new WireSide(
                side.from().map(JournalFormat::wire).orElse(null),
                side.to().map(JournalFormat::wire).orElse(null));
    }

    private static Optional<SessionSide> side(@Nullable WireSide wire) {
        return Optional.ofNullable(wire)
                .map(side -> new SessionSide(held(side.from()), held(side.to())));
    }

    private static WireHeld wire(Held held) {
        return switch (held) {
            case Held.File(var blob, long size, boolean executable, var rights) ->
                    new WireHeld(
                            executable ? "executable" : "file",
                            blob.hex(),
                            size,
                            null,
                            wire(rights));
            case Held.Link(var target) -> new WireHeld("link", null, null, target, null);
            case Held.Folder(var rights) -> new WireHeld("folder", null, null, null, wire(rights));
        };
    }

    private static @Nullable WireRights wire(Optional<Rights> rights) {
        return rights.map(
                        all ->
                                new WireRights(
                                        Integer.toOctalString(all.mode()), all.uid(), all.gid()))
                .orElse(null);
    }

    static Plan read(InputStream content) throws IOException {
        try {
            var wire = JSON.readValue(content, WirePlan.class);
            if (wire.version() != VERSION) {
                throw new Damaged("it is of version %d".formatted(wire.version()), null);
            }
            var steps = new ArrayList<Step>();
            for (var step : whole(wire.steps())) {
                steps.add(
                        new Step(
                                steps.size(),
                                path(step.path(), step.pathBytes()).orElseThrow(missing()),
                                held(step.before()),
                                held(step.after()),
                                path(step.goesTo(), step.goesToBytes()),
                                side(step.session())));
            }
            return new Plan(
                    Path.of(whole(wire.project())),
                    whole(wire.session()),
                    RelativePath.of(whole(wire.staging())),
                    List.copyOf(steps));
        } catch (JsonProcessingException | IllegalArgumentException damaged) {
            throw new Damaged("the plan is damaged: " + damaged.getMessage(), damaged);
        }
    }

    static Journal.State state(String text) throws Damaged {
        return Stream.of(Journal.State.values())
                .filter(state -> state.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new Damaged("the state is damaged", null));
    }

    private static Optional<RelativePath> path(@Nullable String text, @Nullable String bytes) {
        if (text != null) {
            return Optional.of(RelativePath.of(text));
        }
        if (bytes == null) {
            return Optional.empty();
        }
        return switch (RelativePath.parse(Base64.getDecoder().decode(bytes))) {
            case RelativePath.Parsed.Valid(var path) -> Optional.of(path);
            case RelativePath.Parsed.Invalid(var reason) ->
                    throw new IllegalArgumentException(reason);
        };
    }

    private static Optional<Held> held(@Nullable WireHeld wire) {
        if (wire == null) {
            return Optional.empty();
        }
        var rights = rights(wire.rights());
        return Optional.of(
                switch (whole(wire.type())) {
                    case "folder" -> new Held.Folder(rights);
                    case "link" -> new Held.Link(whole(wire.target()));
                    case "file", "executable" ->
                            new Held.File(
                                    new BlobId(whole(wire.blob())),
                                    whole(wire.size()),
                                    "executable".equals(wire.type()),
                                    rights);
                    default -> throw new IllegalArgumentException("type " + wire.type());
                });
    }

    private static Optional<Rights> rights(@Nullable WireRights wire) {
        return Optional.ofNullable(wire)
                .map(
                        all ->
                                new Rights(
                                        Integer.parseInt(whole(all.mode()), 8),
                                        all.uid(),
                                        all.gid()));
    }

    private static <T> T whole(@Nullable T value) {
        return Optional.ofNullable(value).orElseThrow(missing());
    }

    private static Supplier<IllegalArgumentException> missing() {
        return () -> new IllegalArgumentException("a value is missing");
    }
}
