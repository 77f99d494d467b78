package io.patop.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is what was sent. */
class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "0.10",
                "-0",
                "1E+2",
                "123456789012345678901234567890.000",
                "{\"a\": 1, \"a\": 2, \"b\": []}",
                "[null, true, false, NaN, \"x\\n\\\"\\\\\", {}]",
                "\"\\u001b[31m\""
            })
    void comesOutAsItWentIn(String text) throws Exception {
        assertThat(JsonText.of(read(text))).isEqualTo(text);
    }

    @Test
    void aNumberOfAThousandDigitsKeepsThem() throws Exception {
        String digits = "9".repeat(5000) + "." + "1".repeat(5000);

        assertThat(JsonText.of(read(digits))).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "[1,]", "{\"a\" 1}", "1 2", "<html>", "{\"a\": \u0001}", "tru"})
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonReader.NotJson.class);
    }

    @Test
    void tooDeepAndTooMuchAreRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(JsonReader.NotJson.class);
        assertThatThrownBy(() -> read("[" + "1,".repeat(JsonReader.MOST_VALUES) + "1]"))
                .isInstanceOf(JsonReader.NotJson.class)
                .hasMessageContaining("more than 200000 values");
    }

    private static Json read(String text) throws JsonReader.NotJson {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
