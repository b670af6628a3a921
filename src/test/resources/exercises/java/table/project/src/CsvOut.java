import java.util.List;
import java.util.stream.Collectors;

/** Writes tables that spreadsheets read. */
final class CsvOut {
    static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(",")) + "\n";
    }
}
