package io.patop.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of a mouse that another program left on are no keys. */
class MouseFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[<0;10;6M",
                "\u001b[<64;75;75m",
                "\u001b[M Ky",
                "\u001b[32;10;6M",
                "\u001b[I",
                "\u001b[O",
                "\u001b[<0;1;1M\u001b[<0;1;1m"
            })
    void aReportIsNoKeyWhereverItIsCut(String report) throws IOException {
        String whole = "j" + report + "k";
        for (int cut = 1; cut < whole.length(); cut++) {
            if (whole.charAt(cut - 1) == '\u001b') {
                continue; // there a lone Escape is passed on, as it must be
            }
            assertThat(read(whole.substring(0, cut), whole.substring(cut)))
                    .as("cut at %d", cut)
                    .isEqualTo("jk");
        }
    }

    @Test
    void keysPassAsTheyCome() throws IOException {
        String keys = "jK\u001b[A\u001bOP\u001b[15~\u001b[1;5A\u001b[200~Ky\u001b[201~\u001b\u001b[B\u001b[<x\u001b["
                + "1;".repeat(40) + "Möm";
        assertThat(read(keys)).isEqualTo(keys);
    }

    @Test
    void aLoneEscapePassesAtOnce() throws IOException {
        assertThat(new MouseFilter(bytes("\u001b")).read()).isEqualTo(0x1b);
    }

    private static String read(String... chunks) throws IOException {
        List<InputStream> parts = Stream.of(chunks).map(MouseFilterTest::bytes).toList();
        return new String(
                new MouseFilter(new SequenceInputStream(Collections.enumeration(parts))).readAllBytes(),
                StandardCharsets.UTF_8);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
