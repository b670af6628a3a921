package dev.safecoder.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.Field.Need;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks what a model sent against a tool's fields. Strict, with three kindnesses to models that
 * write sloppy JSON: {@code null} is a field left out, {@code 5.0} is 5, and an object or list may
 * come as a string that holds its JSON.
 */
final class InputCheck {
    private static final JsonMapper JSON = new JsonMapper();

    private InputCheck() {}

    /** The arguments, or what is wrong with them. */
    sealed interface Checked {
        record Valid(Arguments arguments) implements Checked {}

        record Invalid(String reason) implements Checked {}
    }

    /** One value as its field wants it, or what is wrong with it. */
    private sealed interface Value {
        record Fit(JsonNode node) implements Value {}

        record Unfit(String reason) implements Value {}
    }

    static Checked check(List<Field> fields, JsonNode input) {
        return switch (object(fields, unwrapped(input), "")) {
            case Value.Fit(var node) -> new Checked.Valid(Arguments.of(node));
            case Value.Unfit(var reason) -> new Checked.Invalid(reason);
        };
    }

    private static Value object(List<Field> fields, JsonNode input, String place) {
        if (!input.isObject() && !isAbsent(input)) {
            return new Value.Unfit(
                    "%s must be an object, not %s"
                            .formatted(
                                    place.isEmpty() ? "the input" : named(place), kindOf(input)));
        }
        var unknown = unknownName(fields, input);
        if (unknown.isPresent()) {
            return new Value.Unfit(
                    "%s is not a field here; the fields are %s"
                            .formatted(named(inside(place, unknown.get())), names(fields)));
        }
        var checked = JsonNodeFactory.instance.objectNode();
        for (var field : fields) {
            var wrong = put(checked, field, input.path(field.name()), inside(place, field.name()));
            if (wrong.isPresent()) {
                return new Value.Unfit(wrong.get());
            }
        }
        return new Value.Fit(checked);
    }

    private static Optional<String> put(
            ObjectNode checked, Field field, JsonNode given, String place) {
        if (isAbsent(given)) {
            return field.need() == Need.REQUIRED
                    ? Optional.of(named(place) + " is missing")
                    : Optional.empty();
        }
        return switch (value(field.kind(), given, place)) {
            case Value.Fit(var node) -> {
                checked.set(field.name(), node);
                yield Optional.empty();
            }
            case Value.Unfit(var reason) -> Optional.of(reason);
        };
    }

    private static Value value(Kind kind, JsonNode given, String place) {
        return switch (kind) {
            case Kind.Text _ -> text(given, place);
            case Kind.Path _ -> path(given, place);
            case Kind.Whole(var least, var most) -> whole(given, least, most, place);
            case Kind.Flag _ ->
                    given.isBoolean() ? new Value.Fit(given) : unfit(place, "true or false", given);
            case Kind.OneOf(var words) -> word(given, words, place);
            case Kind.ListOf(var fields, var most) -> list(unwrapped(given), fields, most, place);
        };
    }

    private static Value text(JsonNode given, String place) {
        if (!given.isTextual()) {
            return unfit(place, "a string", given);
        }
        return ModelText.hasHalfPair(given.textValue())
                ? new Value.Unfit(
                        named(place) + " holds half of a surrogate pair, which no file can hold")
                : new Value.Fit(given);
    }

    private static Value path(JsonNode given, String place) {
        return switch (text(given, place)) {
            case Value.Unfit unfit -> unfit;
            case Value.Fit fit ->
                    switch (SandboxPath.parse(given.textValue())) {
                        case SandboxPath.Parsed.Valid _ -> fit;
                        case SandboxPath.Parsed.Invalid(var reason) -> new Value.Unfit(reason);
                    };
        };
    }

    private static Value whole(JsonNode given, long least, long most, String place) {
        var wanted = "a whole number from %d to %d".formatted(least, most);
        if (!given.isNumber()) {
            return unfit(place, wanted, given);
        }
        if (given.isFloatingPointNumber() && !Double.isFinite(given.doubleValue())) {
            return new Value.Unfit("%s must be %s".formatted(named(place), wanted));
        }
        var number = given.isFloatingPointNumber() ? fraction(given) : given.decimalValue();
        boolean fits =
                number.compareTo(BigDecimal.valueOf(least)) >= 0
                        && number.compareTo(BigDecimal.valueOf(most)) <= 0
                        && number.remainder(BigDecimal.ONE).signum() == 0;
        return fits
                ? new Value.Fit(LongNode.valueOf(number.longValue()))
                : new Value.Unfit(
                        "%s must be %s, not %s"
                                .formatted(
                                        named(place), wanted, ModelText.cut(given.asText(), 40)));
    }

    private static BigDecimal fraction(JsonNode given) {
        return BigDecimal.valueOf(given.doubleValue());
    }

    private static Value word(JsonNode given, List<String> words, String place) {
        return given.isTextual() && words.contains(given.textValue())
                ? new Value.Fit(given)
                : unfit(place, "one of " + String.join(", ", words), given);
    }

    private static Value list(JsonNode given, List<Field> fields, int most, String place) {
        if (!given.isArray()) {
            return unfit(place, "a list", given);
        }
        if (given.size() > most) {
            return new Value.Unfit(
                    "%s has %d entries, at most %d are allowed"
                            .formatted(named(place), given.size(), most));
        }
        ArrayNode checked = JsonNodeFactory.instance.arrayNode();
        for (var item : given) {
            var here = "%s[%d]".formatted(place, checked.size());
            switch (object(fields, unwrapped(item), here)) {
                case Value.Fit(var node) -> checked.add(node);
                case Value.Unfit unfit -> {
                    return unfit;
                }
            }
        }
        return new Value.Fit(checked);
    }

    /** An object or list that came as a string; anything else as it is. */
    static JsonNode unwrapped(JsonNode given) {
        if (!given.isTextual()) {
            return given;
        }
        try {
            var inner = JSON.readTree(given.textValue());
            return inner.isContainerNode() ? inner : given;
        } catch (JsonProcessingException notJson) {
            return given;
        }
    }

    static boolean isAbsent(JsonNode given) {
        return given.isMissingNode() || given.isNull();
    }

    private static Optional<String> unknownName(List<Field> fields, JsonNode input) {
        var known = fields.stream().map(Field::name).collect(Collectors.toSet());
        return input.propertyStream()
                .map(entry -> entry.getKey())
                .filter(name -> !known.contains(name))
                .findFirst();
    }

    private static Value unfit(String place, String wanted, JsonNode given) {
        return new Value.Unfit(
                "%s must be %s, not %s".formatted(named(place), wanted, kindOf(given)));
    }

    private static String kindOf(JsonNode given) {
        return switch (given.getNodeType()) {
            case STRING -> "the string '%s'".formatted(ModelText.cut(given.textValue(), 40));
            case NUMBER -> "the number " + ModelText.cut(given.asText(), 40);
            case BOOLEAN -> "a boolean";
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            default -> given.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String inside(String place, String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static String named(String place) {
        return "'%s'".formatted(ModelText.cut(place, 100));
    }

    private static String names(List<Field> fields) {
        return fields.isEmpty()
                ? "none"
                : fields.stream().map(Field::name).collect(Collectors.joining(", "));
    }
}
