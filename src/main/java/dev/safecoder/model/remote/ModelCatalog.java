package dev.safecoder.model.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.safecoder.model.remote.ModelFacts.Price;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The models that were known on a day, from {@code models.json} beside this class. */
public final class ModelCatalog {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RESOURCE = "models.json";

    private final String asOf;
    private final Map<String, ModelFacts> models;

    private ModelCatalog(String asOf, Map<String, ModelFacts> models) {
        this.asOf = asOf;
        this.models = models;
    }

    /** What this version brings. */
    public static ModelCatalog ofThisVersion() {
        try (var in = ModelCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the program");
            }
            return parse(JSON.readTree(in));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ModelCatalog parse(JsonNode root) {
        var models = new HashMap<String, ModelFacts>();
        for (var model : root.path("models")) {
            var id = model.path("id").asText();
            models.put(
                    id,
                    new ModelFacts(
                            id,
                            model.path("context").asInt(),
                            model.path("most_output").asInt(),
                            prices(model.path("prices"))));
        }
        return new ModelCatalog(root.path("as_of").asText(), models);
    }

    private static List<Price> prices(JsonNode written) {
        var prices = new ArrayList<Price>();
        for (var price : written) {
            prices.add(
                    new Price(
                            price.path("above").asLong(),
                            price.path("input").decimalValue(),
                            price.path("output").decimalValue(),
                            price.path("cache_read").decimalValue(),
                            price.path("cache_write").decimalValue()));
        }
        return prices;
    }

    /** The day of these facts, as {@code 2026-11-23}. */
    public String asOf() {
        return asOf;
    }

    /** What is known of the model; a dated name such as {@code NAME-20260922} is that of NAME. */
    public Optional<ModelFacts> find(String model) {
        return Optional.ofNullable(models.get(model))
                .or(
                        () ->
                                Optional.ofNullable(
                                        models.get(
                                                model.replaceFirst(
                                                        "-\\d{4}-?\\d{2}-?\\d{2}$", ""))));
    }
}
