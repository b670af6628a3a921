package dev.safecoder.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.safecoder.tool.Field.Kind;
import dev.safecoder.tool.InputCheck.Checked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputCheckTest {
    private static final List<Field> FIELDS =
            List.of(
                    Field.required("name", new Kind.Text(), ""),
                    Field.optional("at", new Kind.Path(), ""),
                    Field.optional("count", new Kind.Whole(1, 100), ""),
                    Field.optional("loud", new Kind.Flag(), ""),
                    Field.optional("mood", new Kind.OneOf(List.of("good", "bad")), ""),
                    Field.optional(
                            "parts",
                            new Kind.ListOf(
                                    List.of(Field.required("part", new Kind.Text(), "")), 2),
                            ""));

    private static Checked check(String json) {
        return InputCheck.check(FIELDS, Workbench.json(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | 'name' is missing",
                "{'name':null} | 'name' is missing",
                "{'name':5} | 'name' must be a string, not the number 5",
                "{'name':['a']} | 'name' must be a string, not a list",
                "{'name':'a','size':1} | 'size' is not a field here; the fields are name, at, count, loud, mood, parts",
                "{'name':'a','count':'5'} | 'count' must be a whole number from 1 to 100, not the string '5'",
                "{'name':'a','count':0} | 'count' must be a whole number from 1 to 100, not 0",
                "{'name':'a','count':101} | 'count' must be a whole number from 1 to 100, not 101",
                "{'name':'a','count':1.5} | 'count' must be a whole number from 1 to 100, not 1.5",
                "{'name':'a','count':1e400} | 'count' must be a whole number from 1 to 100",
                "{'name':'a','count':99999999999999999999999} | 'count' must be a whole number from 1 to 100, not 99999999999999999999999",
                "{'name':'a','loud':'true'} | 'loud' must be true or false, not the string 'true'",
                "{'name':'a','mood':'sad'} | 'mood' must be one of good, bad, not the string 'sad'",
                "{'name':'a','parts':{}} | 'parts' must be a list, not an object",
                "{'name':'a','parts':'none'} | 'parts' must be a list, not the string 'none'",
                "{'name':'a','parts':[{'part':'x'},{}]} | 'parts[1].part' is missing",
                "{'name':'a','parts':[1]} | 'parts[0]' must be an object, not the number 1",
                "{'name':'a','parts':[{},{},{}]} | 'parts' has 3 entries, at most 2 are allowed",
                "{'name':'a','parts':[{'part':'x','q':1}]} | 'parts[0].q' is not a field here; the fields are part",
                "{'name':'a','at':'~/x'} | the path '~/x' cannot be used: '~' has no meaning here; write the whole path",
                "{'name':'\\ud800'} | 'name' holds half of a surrogate pair, which no file can hold",
                "[] | the input must be an object, not a list",
                "7 | the input must be an object, not the number 7",
                "'just text' | the input must be an object, not the string 'just text'",
                "null | 'name' is missing",
            })
    void a_wrong_input_is_named(String json, String reason) {
        assertThat(check(json)).isEqualTo(new Checked.Invalid(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'a','parts':[{'part':'x'}],'count':5}",
                "{'name':'a','parts':[{'part':'x'}],'count':5.0,'loud':null}",
                "{'name':'a','parts':'[{\\\"part\\\":\\\"x\\\"}]','count':5}",
                "{'name':'a','parts':['{\\\"part\\\":\\\"x\\\"}'],'count':5}",
            })
    void sloppy_forms_of_the_same_input_are_the_same(String json) {
        var strict = check("{'name':'a','parts':[{'part':'x'}],'count':5}");
        assertThat(strict).isInstanceOf(Checked.Valid.class);
        assertThat(check(json)).isEqualTo(strict);
    }

    @Test
    void a_whole_input_may_come_as_a_string_of_json() {
        var wrapped = InputCheck.check(FIELDS, new TextNode("{\"name\":\"a\"}"));
        assertThat(wrapped).isEqualTo(check("{'name':'a'}"));
    }

    @Test
    void json_in_a_text_field_stays_text() {
        assertThat(check("{'name':'[1]'}"))
                .isInstanceOfSatisfying(
                        Checked.Valid.class,
                        valid -> assertThat(valid.arguments().text("name")).isEqualTo("[1]"));
    }

    @Test
    void nesting_without_end_is_an_answer() {
        var deep = new TextNode("[".repeat(100_000));
        var input = JsonNodeFactory.instance.objectNode().put("name", "a");
        input.set("parts", deep);
        assertThat(InputCheck.check(FIELDS, input)).isInstanceOf(Checked.Invalid.class);
    }

    @Test
    void a_number_that_is_none_is_an_answer() {
        var input = JsonNodeFactory.instance.objectNode().put("name", "a");
        input.set("count", DoubleNode.valueOf(Double.NaN));
        assertThat(InputCheck.check(FIELDS, input)).isInstanceOf(Checked.Invalid.class);
    }
}
