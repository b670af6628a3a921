package dev.safecoder.apply;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Only one apply, undo or recovery at a time for one project. The system gives the lock back when
 * its process ends, however it ends; what the file says is only for people.
 */
final class ProjectLock implements Closeable {
    /** The system's locks belong to the process, so that its own threads need this. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int MOST_SAID = 200;

    private final Path file;
    private final FileChannel channel;

    private ProjectLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock; empty when somebody has it. */
    static Optional<ProjectLock> take(Path file) throws IOException {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        var taken = Optional.<ProjectLock>empty();
        try {
            taken = takeFromSystem(file);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(file);
            }
        }
    }

    private static Optional<ProjectLock> takeFromSystem(Path file) throws IOException {
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        var self = ProcessHandle.current();
        var started = self.info().startInstant().map(Object::toString).orElse("an unknown time");
        var said = "process %d, started at %s\n".formatted(self.pid(), started);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(said.getBytes(StandardCharsets.UTF_8)));
        return Optional.of(new ProjectLock(file, channel));
    }

    /** Who has the lock, as that process said. */
    static String holder(Path file) throws IOException {
        if (HELD.contains(file)) {
            return "this process";
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var said = ByteBuffer.allocate(MOST_SAID);
            channel.read(said);
            return new String(said.array(), 0, said.position(), StandardCharsets.UTF_8).strip();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
