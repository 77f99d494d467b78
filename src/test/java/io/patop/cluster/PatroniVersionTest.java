package io.patop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions as nodes tell them. */
class PatroniVersionTest {

    @ParameterizedTest
    @CsvSource({"4.1.5,4.1.5", "3.0.2,3.0.2", "4.1,4.1.0", "4.0.0rc1,4.0.0", "3.0.2.dev3,3.0.2", "4.1.5-2,4.1.5"})
    void aVersionIsRead(String text, String version) {
        assertThat(PatroniVersion.parse(text)).get().hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "x", "v4.1", "4.", ".1", "9999999.1", "-4.1"})
    void whatIsNoVersionIsNone(String text) {
        assertThat(PatroniVersion.parse(text)).isEmpty();
    }

    @Test
    void versionsCompareByNumbers() {
        assertThat(PatroniVersion.highest(List.of("4.0.9", "4.0.10", "nonsense", "3.3.11")))
                .contains(new PatroniVersion(4, 0, 10));
        assertThat(PatroniVersion.highest(List.of("nonsense"))).isEmpty();
        assertThat(new PatroniVersion(3, 1, 1).isAtLeast(3, 1, 1)).isTrue();
        assertThat(new PatroniVersion(3, 1, 0).isAtLeast(3, 1, 1)).isFalse();
        assertThat(new PatroniVersion(4, 0, 0).isAtLeast(3, 9, 9)).isTrue();
    }

    @Test
    void aNegativePartIsRefused() {
        assertThatThrownBy(() -> new PatroniVersion(4, -1, 0)).hasMessageContaining("negative");
    }
}
