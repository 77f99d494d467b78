package io.patop.command.patronictl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.command.PatronictlCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Differences beside what Python's difflib itself printed for the same texts. */
class UnifiedDiffTest {

    private final JsonMapper json = new JsonMapper();

    @TestFactory
    Stream<DynamicTest> eachIsDifflibs() {
        return PatronictlCase.text("diffs.jsonl")
                .lines()
                .map(this::read)
                .map(given -> DynamicTest.dynamicTest(given.path("after").asText(), () -> {
                    List<String> lines = new ArrayList<>();
                    given.path("diff").forEach(line -> lines.add(line.asText()));
                    assertThat(UnifiedDiff.of(
                                    given.path("before").asText(),
                                    given.path("after").asText()))
                            .isEqualTo(lines);
                }));
    }

    private JsonNode read(String line) {
        try {
            return json.readTree(line);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
