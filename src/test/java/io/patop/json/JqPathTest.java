package io.patop.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths as jq takes them, and a little more: a dash in a name, and a first name without its dot. */
class JqPathTest {

    private static final String CLUSTER =
            """
            {"members": [{"name": "a", "lag": 0, "tags": {"x-y": true}}, {"name": "b", "lag": 1e400}],
             "odd name": {"q\\"": 7}, "pause": null}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                ".members[0].lag # 0",
                ".members[1].lag # 1e400",
                ".members[-1].name # \"b\"",
                ".members[].name # \"a\" \"b\"",
                ".members | .[0] | .name # \"a\"",
                ".members[0].tags[\"x-y\"] # true",
                ".members[0].tags.x-y # true",
                ".\"odd name\" # {\"q\\\"\": 7}",
                ".[\"odd name\"].\"q\\\"\" # 7",
                ".members[7].name # null",
                ".nothing.below[3] # null",
                ".pause # null",
                ".members[0][] # \"a\" 0 {\"x-y\": true}",
                " .members [ 0 ] .name # \"a\"",
                "members[0].name # \"a\""
            })
    void selects(String path, String expected) throws Exception {
        assertThat(select(path)).isEqualTo(expected.strip());
    }

    @Test
    void aDotAloneAndNothingAreTheWhole() throws Exception {
        assertThat(JqPath.parse(".").select(cluster())).isEqualTo(List.of(cluster()));
        assertThat(JqPath.parse("").isWhole()).isTrue();
        assertThat(JqPath.parse(" . ").isWhole()).isTrue();
        assertThat(JqPath.parse(".a")).isEqualTo(JqPath.parse(" .a ")).isNotEqualTo(JqPath.parse(".b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                ".members[0 # ] is missing at character 11",
                ".members[x] # ] is missing at character 10",
                ".a..b # a name is missing at character 4",
                ".\"open # \" is missing",
                ".members[99999999999] # an index is a whole number",
                ".members[1-2] # an index is a whole number",
                ".a] # a name is missing"
            })
    void aWrongPathIsToldWhere(String path, String message) {
        assertThatThrownBy(() -> JqPath.parse(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                ".members.name # \"name\" is asked of an array",
                ".members[0].lag.x # \"x\" is asked of a number",
                ".members[0][0] # [0] is asked of an object",
                ".pause[] # [] is asked of null"
            })
    void aStepThatDoesNotFitIsToldWhy(String path, String message) {
        assertThatThrownBy(() -> select(path))
                .isInstanceOf(JqPath.Mismatch.class)
                .hasMessageContaining(message.strip());
    }

    private static String select(String path) throws Exception {
        return JqPath.parse(path).select(cluster()).stream().map(JsonText::of).collect(Collectors.joining(" "));
    }

    private static Json cluster() throws JsonReader.NotJson {
        return JsonReader.read(CLUSTER.getBytes(StandardCharsets.UTF_8));
    }
}
