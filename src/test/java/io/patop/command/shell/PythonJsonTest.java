package io.patop.command.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** JSON as Python's json.dumps writes it; values are compared with Python's own in YamlTextTest. */
class PythonJsonTest {

    /** json.dumps of all characters up to U+00FF but the plain ones, a pair and a lone surrogate. */
    @Test
    void allButPrintableAsciiIsEscaped() {
        assertThat(PythonJson.of(List.of("\u0000\u0001\b\t\n\u000b\f\r\u001b\u001f \"'/\\~\u007f\u0080\u0085é")))
                .isEqualTo("[\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001b\\u001f \\\"'/\\\\~"
                        + "\\u007f\\u0080\\u0085\\u00e9\"]");
        assertThat(PythonJson.of(List.of("\u2028\u202e日😀\ud800", "\udc00x")))
                .isEqualTo("[\"\\u2028\\u202e\\u65e5\\ud83d\\ude00\\ud800\", \"\\udc00x\"]");
    }
}
