package dev.safecoder.sandbox.bubblewrap;

import dev.safecoder.sandbox.SandboxSpec;
import dev.safecoder.sandbox.SandboxSpec.Owner;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What sandboxes leave outside of themselves when their owner is killed: control groups and scratch
 * folders. Each is written down in the state folder before it is made, and struck out when it is
 * removed. (Processes need no record: they die with their owner.)
 */
final class Leftovers {
    private static final String SUFFIX = ".properties";

    private final Path folder;

    private Leftovers(Path folder) {
        this.folder = folder;
    }

    static Leftovers in(Path stateFolder) {
        return new Leftovers(stateFolder.resolve("bubblewrap"));
    }

    /** One sandbox's things, on record in {@code file}. */
    record Record(Path file, Owner owner, Path scratch, ControlGroup group) {
        /** Removes them; what cannot be removed now stays on record. */
        void clear() throws InterruptedException {
            try {
                group.remove();
                deleteTree(scratch);
                Files.deleteIfExists(file);
            } catch (IOException e) {
                return; // the next reap tries again
            }
        }

        private boolean isCleared() {
            return !Files.exists(file);
        }
    }

    /** Puts a sandbox on record. */
    Record record(SandboxSpec spec, ControlGroup group) throws IOException {
        Files.createDirectories(folder);
        var record =
                new Record(
                        folder.resolve(spec.name() + SUFFIX), spec.owner(), spec.scratch(), group);
        write(record);
        return record;
    }

    /** Clears what dead owners of this host left; returns how many sandboxes that were. */
    int reap(String hostName) throws InterruptedException {
        int cleared = 0;
        for (var record : records()) {
            if (record.owner().host().equals(hostName) && !record.owner().isAlive()) {
                record.clear();
                cleared += record.isCleared() ? 1 : 0;
            }
        }
        return cleared;
    }

    private List<Record> records() {
        var records = new ArrayList<Record>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (var file : files) {
                readIfThere(file).ifPresent(records::add);
            }
        } catch (IOException e) {
            return records; // nothing has been recorded yet
        }
        return records;
    }

    private static Optional<Record> readIfThere(Path file) {
        try {
            return Optional.of(read(file));
        } catch (IOException e) {
            return Optional.empty(); // another process has just cleared it
        }
    }

    /** Whole or not at all, so that a reader never sees a part. */
    private void write(Record record) throws IOException {
        var properties = new Properties();
        properties.setProperty("host", record.owner().host());
        properties.setProperty("pid", String.valueOf(record.owner().pid()));
        properties.setProperty("started", String.valueOf(record.owner().startedMillis()));
        properties.setProperty("scratch", record.scratch().toString());
        int number = 0;
        for (var group : record.group().folders()) {
            properties.setProperty("group." + number++, group.toString());
        }
        var fresh = Files.createTempFile(folder, "new", "");
        try (var writer = Files.newBufferedWriter(fresh)) {
            properties.store(writer, null);
        }
        Files.move(fresh, record.file());
    }

    private static Record read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        var groups = new ArrayList<Path>();
        for (int number = 0; properties.containsKey("group." + number); number++) {
            groups.add(Path.of(properties.getProperty("group." + number)));
        }
        var owner =
                new Owner(
                        properties.getProperty("host"),
                        Long.parseLong(properties.getProperty("pid")),
                        Long.parseLong(properties.getProperty("started")));
        var scratch = Path.of(properties.getProperty("scratch"));
        return new Record(
                file,
                owner,
                scratch,
                new ControlGroup(List.of(), groups, ControlGroup.Version.TWO));
    }

    /** Only our own files lie in it; a link would be deleted, never followed. */
    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes seen)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
                            throws IOException {
                        if (e != null) {
                            throw e;
                        }
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
