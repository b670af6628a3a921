import java.util.ArrayList;
import java.util.List;

/** A folder with files, which are only sizes, and folders below it. */
final class Folder {
    final String name;
    final List<Folder> folders = new ArrayList<>();
    private long files;

    Folder(String name) {
        this.name = name;
    }

    Folder file(long size) {
        files += size;
        return this;
    }

    Folder folder(Folder below) {
        folders.add(below);
        return this;
    }

    long size() {
        return files + folders.stream().mapToLong(Folder::size).sum();
    }
}
