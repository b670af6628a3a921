package dev.safecoder.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of a {@code mountinfo}: what a process sees mounted, as the kernel tells it.
 *
 * @param root which part of the file system is seen
 * @param options of this mount, such as {@code ro} and {@code nosuid}
 */
public record MountPoint(
        String root, String path, List<String> options, String type, String superOptions) {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    public MountPoint {
        options = List.copyOf(options);
    }

    public boolean isReadOnly() {
        return options.contains("ro");
    }

    /** Latin 1 keeps every byte of a path that is no UTF-8. */
    public static List<MountPoint> readAll(Path mountinfo) throws IOException {
        return Files.readAllLines(mountinfo, StandardCharsets.ISO_8859_1).stream()
                .map(MountPoint::parse)
                .toList();
    }

    static MountPoint parse(String line) {
        var fields = line.split(" ");
        int dash = Arrays.asList(fields).indexOf("-");
        if (dash < 6 || fields.length < dash + 4) {
            throw new IllegalStateException("not a line of mountinfo: '%s'".formatted(line));
        }
        return new MountPoint(
                plain(fields[3]),
                plain(fields[4]),
                List.of(fields[5].split(",")),
                fields[dash + 1],
                fields[dash + 3]);
    }

    private static String plain(String escaped) {
        return OCTAL.matcher(escaped)
                .replaceAll(
                        found -> {
                            char character = (char) Integer.parseInt(found.group(1), 8);
                            return java.util.regex.Matcher.quoteReplacement(
                                    String.valueOf(character));
                        });
    }
}
