package io.patop.command.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.command.PatronictlCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML beside what PyYAML 6.0 made of the same values. */
class YamlTextTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** A text, and PyYAML's block and flow of it as value, as item and (unless it is long) as key. */
    @Test
    void eachTextIsWrittenAsPyYamlDoes() throws Exception {
        for (String line : PatronictlCase.text("yaml-texts.jsonl").split("\n", -1)) {
            if (!line.isEmpty()) {
                JsonNode given = MAPPER.readTree(line);
                String text = given.get(0).textValue();
                Map<String, Object> value = new LinkedHashMap<>(Map.of("k", text, "l", List.of(text)));
                if (text.codePointCount(0, text.length()) < 100) {
                    value.put("m", Map.of(text, 1));
                }
                assertThat(YamlText.block(value)).isEqualTo(given.get(1).textValue());
                assertThat(YamlText.flow(value)).isEqualTo(given.get(2).textValue());
            }
        }
    }

    static Stream<JsonNode> values() {
        return PatronictlCase.text("yaml-values.jsonl").lines().map(line -> {
            try {
                return MAPPER.readTree(line);
            } catch (java.io.IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        });
    }

    /** A value, PyYAML's block and flow of it, and json.dumps. */
    @ParameterizedTest
    @MethodSource("values")
    void eachValueIsWrittenAsPythonDoes(JsonNode given) {
        Object value = MAPPER.convertValue(given.get(0), Object.class);
        assertThat(YamlText.block(value)).isEqualTo(given.get(1).textValue());
        assertThat(YamlText.flow(value)).isEqualTo(given.get(2).textValue());
        assertThat(PythonJson.of(value)).isEqualTo(given.get(3).textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31m",
                "\u0000",
                "\u007f",
                "\u0085",
                "a\u0085b",
                "\u009b",
                "\u202e",
                "\u2066x",
                "\u200b",
                "\u2028",
                "a\u2029b",
                "\ufeff",
                "\ue000",
                "\udbff\udfff",
                "\uDB40\uDC01",
                "a b\u202ec\nd \" \\ '",
                "\r"
            })
    void whatCouldActOnATerminalIsEscapedAndReadsBackTheSame(String evil) {
        for (String yaml : List.of(YamlText.block(Map.of(evil, evil)), YamlText.flow(List.of(evil)))) {
            assertThat(yaml.strip()).matches("[ -~\n]*");
        }
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(YamlText.block(List.of(evil)));
        assertThat(read).isEqualTo(List.of(evil));
    }

    @Test
    void halfACharacterIsReplaced() {
        assertThat(YamlText.block(List.of("\ud800x\udc00", "😀"))).isEqualTo("- \uFFFDx\uFFFD\n- 😀\n");
    }

    @Test
    void aTextOfAnyLengthIsWritten() {
        assertThat(YamlText.block(List.of("1" + ":1".repeat(20_000)))).startsWith("- '1:1");
        assertThat(YamlText.block(List.of("1".repeat(100_000)))).startsWith("- '1");
    }

    @Test
    void theSameValueTwiceIsWrittenTwice() {
        Map<String, Object> same = Map.of("x", 1);
        assertThat(YamlText.block(List.of(same, same))).isEqualTo("- x: 1\n- x: 1\n");
    }

    @Test
    void whatIsNoPlainValueIsRefused() {
        assertThatThrownBy(() -> YamlText.block(new Object())).hasMessageContaining("no YAML for");
    }
}
