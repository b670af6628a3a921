package dev.safecoder.commandline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A call by which a process changes files, as {@code strace -f -y} shows it.
 *
 * @param number the how-manyth call of this name in its thread: what strace counts
 * @param line with its arguments, and the paths of its descriptors
 */
record SystemCall(String name, int number, String line) {
    /**
     * Everything that changes a file, a folder or what is known of one; strace skips unknown ones.
     */
    static final String WRITING =
            "?open,openat,?creat,write,pwrite64,writev,?mkdir,mkdirat,?unlink,unlinkat,?rmdir,"
                    + "?rename,?renameat,renameat2,?link,linkat,?symlink,symlinkat,?chmod,fchmod,"
                    + "fchmodat,?chown,fchown,fchownat,?lchown,ftruncate,truncate,fallocate,fsync,"
                    + "fdatasync,utimensat,?mknod,mknodat,copy_file_range,sendfile";

    private static final Pattern LINE = Pattern.compile("(\\d+) +(\\w+)\\(.*");
    private static final Pattern OPENING = Pattern.compile("open(at)?|creat");
    private static final Pattern OPENS_TO_WRITE =
            Pattern.compile(".*\\b(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC)\\b.*");

    /**
     * The calls that change something in one of the folders, in order, of the thread that makes
     * most of them.
     */
    static List<SystemCall> in(List<String> log, List<String> folders) {
        var counts = new HashMap<String, Integer>();
        var threads = new HashMap<String, List<SystemCall>>();
        for (var line : log) {
            var read = LINE.matcher(line);
            if (read.matches()) {
                var thread = read.group(1);
                var name = read.group(2);
                int number = counts.merge(thread + " " + name, 1, Integer::sum);
                var call = new SystemCall(name, number, line);
                if (call.changes(folders)) {
                    threads.computeIfAbsent(thread, _ -> new ArrayList<>()).add(call);
                }
            }
        }
        return threads.values().stream()
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .orElse(List.of());
    }

    boolean opens() {
        return OPENING.matcher(name).matches();
    }

    private boolean changes(List<String> folders) {
        return folders.stream().anyMatch(line::contains)
                && (!opens() || OPENS_TO_WRITE.matcher(line).matches());
    }

    /** Whether a call in one of the folders was refused. */
    static boolean isInjected(List<String> log, List<String> folders) {
        return log.stream()
                .anyMatch(
                        line ->
                                line.contains("(INJECTED)")
                                        && folders.stream().anyMatch(line::contains));
    }

    /** Whether the process was killed. */
    static boolean isKilled(List<String> log) {
        return log.stream().anyMatch(line -> line.endsWith("+++ killed by SIGKILL +++"));
    }

    /** How many calls come before the first that mentions a text. */
    static int before(List<SystemCall> calls, String text) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).line().contains(text)) {
                return i;
            }
        }
        throw new AssertionError("none of %d calls mentions %s".formatted(calls.size(), text));
    }
}
