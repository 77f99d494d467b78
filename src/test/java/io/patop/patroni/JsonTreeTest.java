package io.patop.patroni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same tree as ObjectMapper's, and no tree where it has none. */
class JsonTreeTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"text\"",
                "null",
                " 12 ",
                "{\"a\": [1, 2147483648, 9223372036854775808, -1.5, 1e3, NaN, true, false, null, \"ü\\n\"]}",
                "{\"a\": {\"b\": {}}, \"c\": [[], [{}]]}",
                "{\"twice\": 1, \"twice\": 2}"
            })
    void isWhatAnObjectMapperReads(String document) throws Exception {
        assertThat(JsonTree.of(bytes(document))).isEqualTo(MAPPER.readTree(bytes(document)));
        assertThat(JsonTree.plain(JsonTree.of(bytes(document)))).isEqualTo(MAPPER.readValue(document, Object.class));
    }

    @Test
    void ofNothingIsMissing() throws Exception {
        assertThat(JsonTree.of(bytes(" \n")).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":}", "[1,", "[1,]", "{} {}", "{}]", "<html>", "{\"a\": 1", "}"})
    void whatIsNoDocumentIsRefused(String document) {
        assertThatThrownBy(() -> JsonTree.of(bytes(document))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        assertThatThrownBy(() -> JsonTree.of(bytes("[".repeat(1_000_000)))).isInstanceOf(JsonProcessingException.class);
    }

    private static byte[] bytes(String document) {
        return document.getBytes(StandardCharsets.UTF_8);
    }
}
