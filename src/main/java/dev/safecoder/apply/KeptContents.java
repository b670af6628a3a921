package dev.safecoder.apply;

import dev.safecoder.change.BlobId;
import dev.safecoder.change.BlobSource;
import dev.safecoder.path.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The contents that a journal keeps, in one file, one behind the other: thousands of small ones are
 * on the disk as soon as one large one. A second file has a line for each, in the same order: its
 * id and its size.
 */
final class KeptContents implements BlobSource, Closeable {
    private static final RelativePath CONTENTS = RelativePath.of("contents");
    private static final RelativePath INDEX = RelativePath.of("contents.index");
    private static final int PRIVATE_FILE = 0600;

    private final HostFolder folder;
    private final Map<BlobId, Extent> extents = new LinkedHashMap<>();
    private Optional<HostFile> writing = Optional.empty();
    private long end;

    /** Where a content is in the file. */
    record Extent(long start, long size) {
        /** Opens it in the folder of its journal; what is read stays open without the folder. */
        InputStream open(HostFolder journal) throws IOException {
            var content = journal.read(CONTENTS);
            content.skipNBytes(start);
            return new Part(content, size);
        }
    }

    private KeptContents(HostFolder folder) {
        this.folder = folder;
    }

    /** Begins to keep contents in a journal's folder. */
    static KeptContents make(HostFolder journal) throws IOException {
        var made = new KeptContents(journal);
        made.writing = Optional.of(journal.create(CONTENTS, PRIVATE_FILE));
        return made;
    }

    /** Those that were kept by an earlier process. */
    static KeptContents open(HostFolder journal) throws IOException {
        var opened = new KeptContents(journal);
        try (var index = journal.read(INDEX)) {
            var text = new String(index.readAllBytes(), StandardCharsets.US_ASCII);
            for (var line : text.lines().toList()) {
                opened.add(line);
            }
            return opened;
        } catch (IllegalArgumentException damaged) {
            throw new JournalFormat.Damaged("the index of its contents is damaged", damaged);
        }
    }

    private void add(String line) {
        int space = line.indexOf(' ');
        add(
                new BlobId(line.substring(0, Math.max(0, space))),
                Long.parseLong(line.substring(space + 1)));
    }

    private void add(BlobId id, long size) {
        extents.put(id, new Extent(end, size));
        end += size;
    }

    /**
     * Keeps a content under its id; a second time it does nothing. It is on the disk after {@link
     * #settle}.
     *
     * @return false when it was another content; nothing more can be kept then
     */
    boolean keep(BlobId id, long size, InputStream content) throws IOException {
        if (extents.containsKey(id)) {
            return true;
        }
        if (!BlobDigest.read(content, size, writing.orElseThrow()::write).equals(Optional.of(id))) {
            return false;
        }
        add(id, size);
        return true;
    }

    /** Returns when the contents of both files will survive a loss of power. */
    void settle() throws IOException {
        writing.orElseThrow().sync();
        var lines = new ByteArrayOutputStream();
        extents.forEach(
                (id, extent) ->
                        lines.writeBytes(
                                "%s %d\n"
                                        .formatted(id.hex(), extent.size())
                                        .getBytes(StandardCharsets.US_ASCII)));
        try (var index = folder.create(INDEX, PRIVATE_FILE)) {
            index.write(lines.toByteArray(), lines.size());
            index.sync();
        }
    }

    /** Where a content is; empty when it is not kept. */
    Optional<Extent> find(BlobId id) {
        return Optional.ofNullable(extents.get(id));
    }

    @Override
    public byte[] bytes(BlobId id) throws IOException {
        try (var content = open(id)) {
            return content.readAllBytes();
        }
    }

    @Override
    public InputStream open(BlobId id) throws IOException {
        var extent = find(id);
        if (extent.isEmpty()) {
            throw new NoSuchFileException(id.hex());
        }
        return extent.get().open(folder);
    }

    @Override
    public void close() throws IOException {
        if (writing.isPresent()) {
            writing.get().close();
        }
    }

    /** Ends where a content ends. */
    private static final class Part extends InputStream {
        private final InputStream file;
        private long left;

        Part(InputStream file, long size) {
            this.file = file;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = file.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, got);
            return got;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
