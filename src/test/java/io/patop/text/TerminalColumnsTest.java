package io.patop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Widths as wcwidth 0.2.5 (and so a terminal) has them, at the ends of ranges and beside them. */
class TerminalColumnsTest {

    @ParameterizedTest
    @CsvSource({
        "'',0",
        "abc,3",
        "größe,5",
        "日本,4",
        "ｱ,1",
        "Ａ,2",
        "한,2",
        "—,1",
        "☃,1",
        "✅,2",
        "😀,2",
        "𠀀,2",
        "e\u0301,1",
        "\u20dd,0",
        "\u10ff,1",
        "\u1100,2",
        "\u115f,2",
        "\u1160,1",
        "\u231a,2",
        "\u231b,2",
        "\u231c,1",
        "\u23f0,2",
        "\u23f1,1",
        "\u303e,2",
        "\u303f,1",
        "\uffdc,1",
        "\uffe0,2",
        "\uffe6,2",
        "\uffe8,1",
        "\u302a,0",
        "\uFFFD,1"
    })
    void aTextTakesThatManyColumns(String text, int columns) {
        assertThat(TerminalColumns.of(text)).isEqualTo(columns);
    }
}
