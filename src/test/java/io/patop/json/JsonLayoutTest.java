package io.patop.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only white space moves. */
class JsonLayoutTest {

    @Test
    void eachValueHasALine() throws IOException {
        assertThat(laidOut("{\"a\": [1,2.50, {}], \"b\":{\"c\":\"x, {y}: \\\"z\"} , \"d\": [ ]}"))
                .isEqualTo(
                        """
                        {
                          "a": [
                            1,
                            2.50,
                            {}
                          ],
                          "b": {
                            "c": "x, {y}: \\"z"
                          },
                          "d": []
                        }
                        """);
    }

    @Test
    void linesOfJsonStayLines() throws IOException {
        assertThat(laidOut("{\"a\": 1}\n{\"b\": 2}\n3 4")).isEqualTo("{\n  \"a\": 1\n}\n{\n  \"b\": 2\n}\n3\n4\n");
    }

    @Test
    void nothingStaysNothing() throws IOException {
        assertThat(laidOut(" \n ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "]]]{", "[\"open", "{,,}", "nonsense here"})
    void whatIsNotQuiteJsonLosesNothing(String text) throws IOException {
        assertThat(laidOut(text).replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
    }

    @Test
    void namesStringsNumbersAndWordsAreToldApart() throws IOException {
        List<String> parts = new ArrayList<>();
        JsonLayout layout = new JsonLayout((part, sign) -> {
            if (part != JsonLayout.Part.SIGN) {
                parts.add(part + " " + (char) sign);
            }
        });
        for (int sign : "{\"a\": [\"b\", -1, null]}".codePoints().toArray()) {
            layout.accept(sign);
        }

        assertThat(parts)
                .containsExactly(
                        "NAME \"",
                        "NAME a",
                        "NAME \"",
                        "STRING \"",
                        "STRING b",
                        "STRING \"",
                        "NUMBER -",
                        "NUMBER 1",
                        "WORD n",
                        "WORD u",
                        "WORD l",
                        "WORD l");
    }

    private static String laidOut(String text) throws IOException {
        StringBuilder out = new StringBuilder();
        JsonLayout layout = new JsonLayout((part, sign) -> out.appendCodePoint(sign));
        for (int sign : text.codePoints().toArray()) {
            layout.accept(sign);
        }
        layout.end();
        return out.toString();
    }
}
