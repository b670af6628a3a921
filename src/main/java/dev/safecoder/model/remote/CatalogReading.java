package dev.safecoder.model.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.safecoder.model.remote.ModelFacts.Capability;
import dev.safecoder.model.remote.ModelFacts.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One strict pass over a list of models; faults name the file and the key. */
final class CatalogReading {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final String A_COUNT = "a whole number from 1";
    private static final String DOLLARS = "dollars for a million tokens, from 0";

    private final String file;

    CatalogReading(String file) {
        this.file = file;
    }

    /**
     * By their names.
     *
     * @throws CatalogException at the first key or value that is not known or not possible
     */
    Map<String, ModelFacts> models(byte[] json) throws IOException {
        var root = object(tree(json), "the file", "as_of", "unit", "models");
        var written = root.path("models");
        if (!written.isArray()) {
            throw unfitting("models", written, "a list of models");
        }
        var models = new HashMap<String, ModelFacts>();
        for (var model : written) {
            var where = "models[%d]".formatted(models.size());
            var facts = facts(model, where);
            if (models.put(facts.id(), facts) != null) {
                throw unfitting(where + ".id", model.path("id"), "a name that is there once");
            }
        }
        return models;
    }

    private JsonNode tree(byte[] json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            var at = malformed.getLocation();
            throw CatalogException.notJson(
                    file, at == null ? 1 : at.getLineNr(), malformed.getOriginalMessage());
        }
    }

    private ModelFacts facts(JsonNode model, String where) {
        object(model, where, "id", "context", "most_output", "capabilities", "prices");
        var id = model.path("id");
        if (!id.isTextual() || id.asText().isBlank()) {
            throw unfitting(where + ".id", id, "a model's name in quotes");
        }
        return new ModelFacts(
                id.asText(),
                count(model, where, "context"),
                count(model, where, "most_output"),
                prices(model.path("prices"), where + ".prices"),
                capabilities(model.path("capabilities"), where + ".capabilities"));
    }

    private int count(JsonNode model, String where, String name) {
        var count = model.path(name);
        if (!count.canConvertToInt() || !count.isIntegralNumber() || count.asInt() < 1) {
            throw unfitting(where + "." + name, count, A_COUNT);
        }
        return count.asInt();
    }

    private Optional<Set<Capability>> capabilities(JsonNode written, String where) {
        if (written.isMissingNode()) {
            return Optional.empty();
        }
        var all = EnumSet.noneOf(Capability.class);
        for (var word : array(written, where)) {
            all.add(
                    Arrays.stream(Capability.values())
                            .filter(it -> it.toString().equals(word.asText()))
                            .findFirst()
                            .orElseThrow(() -> unfitting(where, word, expectedCapabilities())));
        }
        return Optional.of(all);
    }

    private static String expectedCapabilities() {
        return "a list of some of " + Arrays.toString(Capability.values());
    }

    private List<Price> prices(JsonNode written, String where) {
        var prices = new ArrayList<Price>();
        if (written.isMissingNode()) {
            return prices;
        }
        for (var price : array(written, where)) {
            long before = prices.isEmpty() ? -1 : prices.getLast().above();
            prices.add(price(price, "%s[%d]".formatted(where, prices.size()), before));
        }
        return prices;
    }

    private Price price(JsonNode price, String where, long before) {
        object(price, where, "above", "input", "output", "cache_read", "cache_write");
        var above = price.path("above");
        long bound = above.isIntegralNumber() ? above.asLong() : -1;
        if (before < 0 ? bound != 0 : bound <= before) {
            throw unfitting(
                    where + ".above",
                    above,
                    before < 0 ? "0 in the first price" : "more than in the price before it");
        }
        return new Price(
                bound,
                dollars(price, where, "input"),
                dollars(price, where, "output"),
                dollars(price, where, "cache_read"),
                dollars(price, where, "cache_write"));
    }

    private BigDecimal dollars(JsonNode price, String where, String name) {
        var dollars = price.path(name);
        if (!dollars.isNumber() || dollars.decimalValue().signum() < 0) {
            throw unfitting(where + "." + name, dollars, DOLLARS);
        }
        return dollars.decimalValue();
    }

    private JsonNode array(JsonNode node, String where) {
        if (!node.isArray()) {
            throw unfitting(where, node, "a list");
        }
        return node;
    }

    private JsonNode object(JsonNode node, String where, String... known) {
        if (!node.isObject()) {
            throw unfitting(where, node, "an object with " + String.join(", ", known));
        }
        node.propertyStream()
                .map(Map.Entry::getKey)
                .filter(Predicate.not(Arrays.asList(known)::contains))
                .findFirst()
                .ifPresent(
                        name -> {
                            var key = where.equals("the file") ? name : where + "." + name;
                            throw CatalogException.unknownKey(file, key, List.of(known));
                        });
        return node;
    }

    private CatalogException unfitting(String key, JsonNode value, String expectation) {
        var shown = value.isMissingNode() ? "left out" : value.toString();
        return CatalogException.unfitting(file, key, shown, expectation);
    }
}
