package dev.safecoder.model.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.safecoder.model.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogTest {
    private static final ModelCatalog OURS = ModelCatalog.ofThisVersion();

    @TempDir private Path folder;

    private ModelCatalog with(String models) throws IOException {
        return OURS.with(Files.writeString(folder.resolve("models.json"), models));
    }

    private static ModelFacts known(ModelCatalog catalog, String model) {
        return catalog.find(model).orElseThrow();
    }

    @Test
    void a_dated_name_is_that_of_the_model() {
        assertThat(OURS.find("claude-sonnet-5-5-20260922"))
                .isEqualTo(OURS.find("claude-sonnet-5-5"))
                .isPresent();
        assertThat(OURS.find("tiny")).isEmpty();
    }

    @Test
    void an_entry_of_the_users_stands_for_ours_as_a_whole() throws Exception {
        var catalog =
                with(
                        """
                        {"models": [
                          {"id": "gpt-6-luna", "context": 9000, "most_output": 100},
                          {"id": "tiny", "context": 8000, "most_output": 200, "capabilities": [],
                           "prices": [
                             {"above": 0, "input": 1, "output": 2, "cache_read": 0, "cache_write": 0},
                             {"above": 500, "input": 3, "output": 4, "cache_read": 0,
                              "cache_write": 0}]}]}
                        """);

        var luna = known(catalog, "gpt-6-luna");
        assertThat(luna.context()).isEqualTo(9_000);
        assertThat(luna.prices()).isEmpty();
        assertThat(luna.takesPictures()).isTrue();
        assertThat(luna.reasons()).isFalse();
        var tiny = known(catalog, "tiny");
        assertThat(tiny.takesPictures()).isFalse();
        assertThat(tiny.priced(new Usage(500, 100)).cost()).contains(new BigDecimal("0.000700"));
        assertThat(tiny.priced(new Usage(501, 100)).cost()).contains(new BigDecimal("0.001903"));
        assertThat(known(catalog, "gpt-6.1-sol")).isEqualTo(known(OURS, "gpt-6.1-sol"));
    }

    @Test
    void without_a_file_of_the_users_ours_is_all() {
        assertThat(OURS.with(folder.resolve("none.json"))).isSameAs(OURS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'models': [], 'model': 1}| there is no key 'model'",
                "{'models': [{'id': 'a', 'contxt': 1}]}| there is no key 'models[0].contxt'",
                "{'models': {}}| 'models' cannot be {}",
                "[]| 'the file' cannot be []",
                "{'models': [{'context': 1}]}| 'models[0].id' cannot be left out",
                "{'models': [{'id': 'a', 'context': 1.5}]}| 'models[0].context' cannot be 1.5",
                "{'models': [{'id': 'a', 'context': 1, 'most_output': '1'}]}|"
                        + " 'models[0].most_output' cannot be '1'",
                "{'models': [MODEL, 'capabilities': ['pictures', 'smell']}]}|"
                        + " 'models[0].capabilities' cannot be 'smell'",
                "{'models': [MODEL}, MODEL}]}| 'models[1].id' cannot be 'a'",
                "{'models': [MODEL, 'prices': [{'above': 1}]}]}|"
                        + " 'models[0].prices[0].above' cannot be 1",
                "{'models': [MODEL, 'prices': [{'above': 0, 'input': -1}]}]}|"
                        + " 'models[0].prices[0].input' cannot be -1",
            })
    void a_fault_is_named_with_file_and_key(String models, String fault) {
        var model = "{'id': 'a', 'context': 1, 'most_output': 1";

        assertThatThrownBy(() -> with(models.replace("MODEL", model).replace('\'', '"')))
                .isInstanceOf(CatalogException.class)
                .message()
                .satisfies(
                        said ->
                                assertThat(said.replace('"', '\''))
                                        .isEqualTo(folder.resolve("models.json") + ": " + fault));
    }

    @Test
    void what_is_no_json_is_named_with_its_line() {
        assertThatThrownBy(() -> with("{\"models\":\n [}"))
                .isInstanceOf(CatalogException.class)
                .hasMessageStartingWith(
                        folder.resolve("models.json") + ", line 2: this is not JSON: ");
    }
}
