import java.util.List;
import layout.Lines;

/** A note with a frame around it. */
final class Note {
    static String framed(String text, int width) {
        if (width < 5) {
            throw new IllegalArgumentException("a frame needs five columns");
        }
        List<String> lines = Lines.of(text, width - 4);
        int inner = lines.stream().mapToInt(String::length).max().orElse(0);
        String edge = "+" + "-".repeat(inner + 2) + "+\n";
        StringBuilder note = new StringBuilder(edge);
        for (String line : lines) {
            note.append("| ").append(line).append(" ".repeat(inner - line.length())).append(" |\n");
        }
        return note.append(edge).toString();
    }
}
