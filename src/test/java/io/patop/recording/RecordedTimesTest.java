package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read the short way is what Java's own parser reads, and what that refuses is refused. */
class RecordedTimesTest {

    private static final JsonMapper QUICK = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new RecordedTimes())
            .build();
    private static final JsonMapper PLAIN =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    @Property
    void everyTimeIsReadAsItWasWritten(
            @ForAll @LongRange(min = -70_000_000_000L, max = 260_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano)
            throws JsonProcessingException {
        Instant time = Instant.ofEpochSecond(second, nano);
        assertThat(QUICK.readValue('"' + time.toString() + '"', Instant.class)).isEqualTo(time);
        Duration span = Duration.ofSeconds(second % 200, nano);
        assertThat(QUICK.readValue('"' + span.toString() + '"', Duration.class)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T12:00:00Z",
                "2026-11-24T12:00:00.5Z",
                "2026-11-24T12:00:00.1234567891Z",
                "2026-11-24T12:00:00.Z",
                "2026-11-24T12:00:00+01:00",
                "2026-11-24T24:00:00Z",
                "2026-11-24T23:59:60Z",
                "2026-02-30T12:00:00Z",
                "2026-11-24 12:00:00Z",
                "+12026-11-24T12:00:00Z",
                "2026-11-24T1x:00:00Z",
                "2026-11-24T12:00:00ZZZZ",
                "",
                "Z"
            })
    void whateverElseIsWrittenIsReadByJava(String text) {
        assertThat(read(QUICK, text, Instant.class)).isEqualTo(read(PLAIN, text, Instant.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PT0S",
                "PT0.5S",
                "PT-0.5S",
                "PT59.9S",
                "PT90S",
                "PT1M",
                "P1DT2H",
                "PT.5S",
                "PTS",
                "PT1.S",
                "PT",
                "",
                "pt1s",
                "PT1.0000000001S"
            })
    void aSpanTooIsReadAsJavaDoes(String text) {
        assertThat(read(QUICK, text, Duration.class)).isEqualTo(read(PLAIN, text, Duration.class));
    }

    private static <T> Optional<T> read(JsonMapper mapper, String text, Class<T> type) {
        try {
            return Optional.ofNullable(mapper.readValue('"' + text + '"', type));
        } catch (JsonProcessingException refused) {
            return Optional.empty();
        }
    }
}
