package io.patop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The small words of the domain: what each reads, how it is written, and what it refuses. */
class WordsTest {

    @ParameterizedTest
    @CsvSource({"0/4000060,67108960", "16/B374D848,97500059720", "FFFFFFFF/FFFFFFFF,-1", "0/0,0"})
    void anLsnIsReadAndWrittenAsPostgresDoes(String text, long position) {
        assertThat(Lsn.parse(text)).contains(new Lsn(position));
        assertThat(new Lsn(position)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"unknown", "0", "0/", "/0", "0/-1", "100000000/0", "0/0/0", "x/y"})
    void whatIsNoLsnIsNothing(String text) {
        assertThat(Lsn.parse(text)).isEmpty();
    }

    @Test
    void lsnsCompareUnsigned() {
        assertThat(new Lsn(-1)).isGreaterThan(new Lsn(1));
    }

    @ParameterizedTest
    @EnumSource(value = Role.Kind.class, names = "OTHER", mode = EnumSource.Mode.EXCLUDE)
    void eachRoleIsKnownByItsWord(Role.Kind kind) {
        String word = kind.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(Role.of(word)).isEqualTo(new Role(kind, word));
    }

    @Test
    void aRoleOfALaterPatroniKeepsItsWord() {
        assertThat(Role.of("arbiter")).isEqualTo(new Role(Role.Kind.OTHER, "arbiter"));
        assertThat(Role.of("arbiter").leads()).isFalse();
    }

    @Test
    void statesAreKnownByPatronisWords() {
        assertThat(State.of("in archive recovery").kind()).isEqualTo(State.Kind.IN_ARCHIVE_RECOVERY);
        assertThat(State.of("restart failed (running)").kind()).isEqualTo(State.Kind.RESTART_FAILED);
        assertThat(State.of("").kind()).isEqualTo(State.Kind.UNKNOWN);
        assertThat(State.of("hibernating")).isEqualTo(new State(State.Kind.OTHER, "hibernating"));
    }

    @Test
    void aTimelineOutOfRangeIsRefused() {
        assertThat(Timeline.of(0)).isEmpty();
        assertThat(Timeline.of(Timeline.MAX + 1)).isEmpty();
        assertThatThrownBy(() -> new Timeline(0)).hasMessageContaining("not 0");
    }

    @Test
    void aLagIsNeverNegative() {
        assertThatThrownBy(() -> Lag.of(-1)).hasMessageContaining("not -1");
    }

    @ParameterizedTest
    @CsvSource({"150020,15.20", "180001,18.1", "90624,9.6.24"})
    void postgresVersionsReadAsPeopleSayThem(int number, String text) {
        assertThat(new PostgresVersion(number)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24 01:33:43.189338+00:00,2026-11-24T01:33:43.189338Z",
        "2020-12-09 09:06:47.738 UTC,2020-12-09T09:06:47.738Z",
        "2099-01-01T00:00:00+02:00,2099-01-01T00:00+02:00"
    })
    void aMomentIsReadInTheFormsOfAllVersions(String text, String time) {
        assertThat(PatroniTime.of(text).time()).contains(java.time.OffsetDateTime.parse(time));
    }

    @Test
    void aMomentThatCannotBeReadKeepsItsText() {
        assertThat(PatroniTime.of("soon")).isEqualTo(new PatroniTime("soon", Optional.empty()));
    }

    @Test
    void tagsHoldPlainValuesOnly() {
        assertThat(new Tags(Map.of("nofailover", true)).has("nofailover")).isTrue();
        assertThat(new Tags(Map.of("nofailover", "true")).has("nofailover")).isFalse();
        assertThatThrownBy(() -> new Tags(Map.of("a", java.util.List.of()))).hasMessageContaining("tag a");
    }

    @Test
    void dynamicConfigFillsInPatronisDefaultsForItsOwnRules() {
        DynamicConfig config = new DynamicConfig(Map.of("ttl", 20));
        assertThat(config.ttl()).hasSeconds(20);
        assertThat(config.loopWait()).hasSeconds(10);
        assertThat(config.maximumLagOnFailover()).isEqualTo(1_048_576);
    }
}
