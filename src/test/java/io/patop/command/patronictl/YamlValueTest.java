package io.patop.command.patronictl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.command.PatronictlCase;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.PythonJson;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Values beside what PyYAML's safe_load itself made of the same texts. */
class YamlValueTest {

    private final JsonMapper json = new JsonMapper();

    @TestFactory
    Stream<DynamicTest> eachIsPyYamls() {
        return PatronictlCase.text("yaml-loads.jsonl")
                .lines()
                .map(this::read)
                .map(given -> DynamicTest.dynamicTest(given.path("yaml").asText(), () -> assertThat(
                                PythonJson.of(YamlValue.read(given.path("yaml").asText(), "x")))
                        .isEqualTo(PythonJson.of(json.convertValue(given.path("value"), Object.class)))));
    }

    @Test
    void anEmptyTextIsAnEmptyConfiguration() {
        assertThat(YamlValue.mapping("", "x")).isEmpty();
        assertThat(YamlValue.mapping("ttl: 30", "x")).isEqualTo(Map.of("ttl", 30L));
    }

    @Test
    void refusesWhatIsNoConfiguration() {
        refused("30", "x: no configuration");
        refused("a: 1\nb: [", "x, line 2: not YAML: ");
        refused("a: 1\n? [b]\n: 1\n", "x, line 2: a key is one plain text here");
        refused("a: &a {b: 1}\n<<: *a\n", "x, line 2: a key is one plain text here");
        refused("[".repeat(200), "x");
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
                + "e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\n";
        refused(bomb, "x: more than 100000 values");
    }

    /** A password after a missing quote is a name to SnakeYAML, which puts some names into its messages. */
    @Test
    void quotesNothingOfTheText() {
        assertThatThrownBy(() -> YamlValue.mapping("a: *s3cret", "x"))
                .hasMessage("x, line 1: not YAML: found undefined alias");
        assertThatThrownBy(() -> YamlValue.mapping("a: !s3cret!b c", "x"))
                .hasMessage("x, line 1: not YAML: found undefined tag handle");
    }

    private static void refused(String yaml, String why) {
        assertThatThrownBy(() -> YamlValue.mapping(yaml, "x"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith(why);
    }

    private JsonNode read(String line) {
        try {
            return json.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
