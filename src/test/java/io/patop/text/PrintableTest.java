package io.patop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from outside on its way to a terminal. */
class PrintableTest {

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(Printable.line("patroni1 läuft — 日本")).isEqualTo("patroni1 läuft — 日本");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b", "\u0007", "\u0000", "\u007f", "\u009b", "\u202e", "\u2066", "\u200b", "\ufeff", "\ue000",
                "\u2028"
            })
    void noControlOrFormatCharacterGetsThrough(String evil) {
        assertThat(Printable.line("a" + evil + "b")).isEqualTo("a\uFFFDb");
    }

    @Test
    void aLoneSurrogateIsReplaced() {
        assertThat(Printable.line("a\ud800b")).isEqualTo("a\uFFFDb");
    }

    @Test
    void linesAndTabsBecomeSpaces() {
        assertThat(Printable.line("a\r\nb\tc")).isEqualTo("a  b c");
    }

    @Test
    void aNameOfTenKilobytesIsCut() {
        assertThat(Printable.line("x".repeat(10_000))).hasSize(4097).endsWith("…");
        assertThat(Printable.line("é".repeat(10_000))).hasSize(4097).endsWith("…");
    }
}
