import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

final class Cases {
    static void plainCells() {
        Checks.same(Export.of(Map.of("Ada", "London")), "name,town\r\nAda,London\r\n");
    }

    static void sortedByName() {
        Checks.same(
                Export.of(Map.of("b", "1", "a", "2")), "name,town\r\na,2\r\nb,1\r\n");
    }

    static void quotedCells() {
        Checks.same(
                Export.of(Map.of("Ada, Countess", "the \"City\"\nLondon")),
                "name,town\r\n\"Ada, Countess\",\"the \"\"City\"\"\nLondon\"\r\n");
    }

    static void theOldPlaceIsEmpty() {
        Checks.same(Files.exists(Path.of("src", "CsvOut.java")), false);
        Checks.same(Files.exists(Path.of("src", "table", "CsvWriter.java")), true);
    }
}
