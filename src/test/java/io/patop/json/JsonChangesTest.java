package io.patop.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonChangesTest {

    @Test
    void theSameIsNoChange() throws Exception {
        assertThat(between("{\"a\": [1, {\"b\": 2}]}", "{\"a\": [1, {\"b\": 2}]}")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void tellsWhatIsNewAndWhatSaysSomethingElse() throws Exception {
        JsonChanges changes = between(
                "{\"a\": 1, \"b\": {\"c\": \"x\"}, \"d\": 0.10}",
                "{\"a\": 2, \"b\": {\"c\": \"x\", \"e/f\": 1}, \"d\": 0.1}");

        assertThat(changes.changed()).containsExactlyInAnyOrder("/a", "/b/e~1f", "/d");
        assertThat(changes.less()).isEmpty();
    }

    @Test
    void tellsWhatHasLostSomething() throws Exception {
        JsonChanges changes =
                between("{\"a\": {\"b\": 1, \"c\": 2}, \"l\": [1, 2]}", "{\"a\": {\"b\": 1}, \"l\": [1]}");

        assertThat(changes.changed()).isEmpty();
        assertThat(changes.less()).containsExactlyInAnyOrder("/a", "/l");
    }

    @Test
    void aMemberThatLeavesDoesNotChangeTheOthers() throws Exception {
        JsonChanges changes = between(
                "[{\"name\": \"a\", \"lag\": 1}, {\"name\": \"b\", \"lag\": 2}]", "[{\"name\": \"b\", \"lag\": 3}]");

        assertThat(changes.changed()).containsExactly("/0/lag");
        assertThat(changes.less()).containsExactly("");
    }

    @Test
    void anotherKindOfValueIsAChangeOfTheWhole() throws Exception {
        assertThat(between("{\"a\": {\"b\": 1}}", "{\"a\": [1]}").changed()).containsExactly("/a");
    }

    private static JsonChanges between(String before, String after) throws JsonReader.NotJson {
        return JsonChanges.between(
                JsonReader.read(before.getBytes(StandardCharsets.UTF_8)),
                JsonReader.read(after.getBytes(StandardCharsets.UTF_8)));
    }
}
