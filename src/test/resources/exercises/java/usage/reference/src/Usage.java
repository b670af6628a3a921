import java.util.Comparator;
import java.util.List;

/** Shows what uses the space. */
final class Usage {
    private static final Comparator<Folder> LARGEST_FIRST =
            Comparator.comparingLong(Folder::size).reversed().thenComparing(folder -> folder.name);

    /** A line for each folder, the largest first. */
    static String of(Folder folder) {
        return of(folder, "", "");
    }

    private static String of(Folder folder, String branch, String below) {
        StringBuilder lines = new StringBuilder();
        lines.append("%s%s %d%n".formatted(branch, folder.name, folder.size()));
        List<Folder> sorted = folder.folders.stream().sorted(LARGEST_FIRST).toList();
        for (int i = 0; i < sorted.size(); i++) {
            boolean last = i == sorted.size() - 1;
            lines.append(
                    of(
                            sorted.get(i),
                            below + (last ? "└─ " : "├─ "),
                            below + (last ? "   " : "│  ")));
        }
        return lines.toString();
    }
}
