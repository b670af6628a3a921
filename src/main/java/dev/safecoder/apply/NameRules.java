package dev.safecoder.apply;

import dev.safecoder.path.FoldedName;
import dev.safecoder.path.RelativePath;
import dev.safecoder.text.TerminalEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which wishes no project may ever be given, by path and by link alone. */
final class NameRules implements Preflight.Rules {
    private static final Pattern WINDOWS_DEVICE =
            Pattern.compile(
                    "(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)(\\..*)?");
    private static final Pattern NOT_ON_WINDOWS =
            Pattern.compile("[\\x00-\\x1f<>:\"|?*\\\\]|[. ]$");
    private static final Pattern ABSOLUTE = Pattern.compile("(?s)/.*|\\\\.*|[A-Za-z]:.*");
    private static final int MOST_TARGET_BYTES = 4_095;
    private static final int MOST_SHOWN_BYTES = 200;

    /** The systems whose file names differ. */
    enum Host {
        LINUX,
        MAC,
        WINDOWS;

        static Host here() {
            var name = System.getProperty("os.name");
            if (name.startsWith("Windows")) {
                return WINDOWS;
            }
            return name.startsWith("Mac") ? MAC : LINUX;
        }
    }

    private final Host host;
    private final Links links;
    private final Set<RelativePath> plannedLinks;

    NameRules(Host host, Links links, Set<RelativePath> plannedLinks) {
        this.host = host;
        this.links = links;
        this.plannedLinks = plannedLinks;
    }

    /** Where the link leads is the user's own affair: they take it away before. */
    @Override
    public boolean folderMayReplaceLink() {
        return false;
    }

    @Override
    public Optional<String> refusal(Wish wish) {
        for (var name : wish.path().names()) {
            var wrong = refusal(name);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (var up = wish.path().parent(); up.isPresent(); up = up.get().parent()) {
            if (plannedLinks.contains(up.get())) {
                return Optional.of(
                        "it goes through '%s', which becomes a symlink".formatted(shown(up.get())));
            }
        }
        return wish.wanted()
                .flatMap(
                        held ->
                                held instanceof Held.Link link
                                        ? refusal(wish.path(), link)
                                        : Optional.empty());
    }

    private Optional<String> refusal(RelativePath name) {
        if (FoldedName.isGit(name)) {
            return Optional.of("git's own folders are never written");
        }
        if (FoldedName.of(name).startsWith(Staging.PREFIX)) {
            return Optional.of("names that start with '%s' are reserved".formatted(Staging.PREFIX));
        }
        var text = name.utf8();
        if (text.isEmpty() && host != Host.LINUX) {
            return Optional.of("its name is not valid UTF-8");
        }
        if (host == Host.WINDOWS
                && (NOT_ON_WINDOWS.matcher(text.orElseThrow()).find()
                        || WINDOWS_DEVICE.matcher(text.get()).matches())) {
            return Optional.of("Windows cannot hold the name '%s'".formatted(shown(name)));
        }
        return Optional.empty();
    }

    private Optional<String> refusal(RelativePath path, Held.Link link) {
        var target = link.target();
        if (links == Links.REFUSE) {
            return Optional.of("it is a symlink to '%s'".formatted(shown(link)));
        }
        if (target.isEmpty() || target.length() > MOST_TARGET_BYTES || target.indexOf('\0') >= 0) {
            return Optional.of("it is a symlink without a usable target");
        }
        if (ABSOLUTE.matcher(target).matches()) {
            return Optional.of("it is a symlink to the absolute path '%s'".formatted(shown(link)));
        }
        return leavesProject(path, target)
                ? Optional.of(
                        "it is a symlink that leaves the project: '%s'".formatted(shown(link)))
                : Optional.empty();
    }

    /**
     * Whether the target leads out of the project or into git's folder, or could: {@code ..} after
     * a name means the folder above whatever that name turns out to be, so it counts as leaving.
     */
    private static boolean leavesProject(RelativePath path, String target) {
        int depth = path.names().size() - 1;
        boolean named = false;
        for (var part : target.split("[/\\\\]")) {
            if (part.equals("..")) {
                depth--;
                if (named || depth < 0) {
                    return true;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                named = true;
                if (isGit(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The path that a link's target names, for a target that {@link #leavesProject} finds inside;
     * empty when it is the root itself.
     */
    static Optional<RelativePath> targetInProject(RelativePath path, Held.Link link) {
        Optional<RelativePath> here = path.parent();
        for (var part : link.target().split("/")) {
            if (part.equals("..")) {
                here = here.flatMap(RelativePath::parent);
            } else if (!part.isEmpty() && !part.equals(".")) {
                var raw = part.getBytes(StandardCharsets.ISO_8859_1);
                if (RelativePath.parse(raw) instanceof RelativePath.Parsed.Valid(var name)) {
                    here = Optional.of(here.map(folder -> folder.resolve(name)).orElse(name));
                }
            }
        }
        return here;
    }

    private static boolean isGit(String part) {
        var raw = part.getBytes(StandardCharsets.ISO_8859_1);
        return switch (RelativePath.parse(raw)) {
            case RelativePath.Parsed.Valid(var name) -> FoldedName.isGit(name);
            case RelativePath.Parsed.Invalid _ -> true;
        };
    }

    private static String shown(RelativePath path) {
        return TerminalEncoder.line(path.bytes());
    }

    private static String shown(Held.Link link) {
        var target = link.bytes();
        return TerminalEncoder.line(
                Arrays.copyOf(target, Math.min(target.length, MOST_SHOWN_BYTES)));
    }
}
