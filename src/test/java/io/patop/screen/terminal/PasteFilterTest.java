package io.patop.screen.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.screen.Keystrokes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Pasted text is no keys, wherever the terminal's bytes are cut. */
class PasteFilterTest {

    private static final String PASTE = "\u001b[200~";
    private static final String END = "\u001b[201~";
    private static final String F19 = "\u001b[33~";

    private final PasteFilter pastes = new PasteFilter(StandardCharsets.UTF_8);

    @Test
    void keysPassAsTheyCome() throws IOException {
        assertThat(read("jK\u001b[A\u001bOPq\u001b[15~")).isEqualTo("jK\u001b[A\u001bOPq\u001b[15~");
    }

    @Test
    void aLoneEscapePassesAtOnce() throws IOException {
        InputStream filter = filter("\u001b");
        assertThat(filter.read()).isEqualTo(0x1b);
    }

    @Test
    void aPasteBecomesOneKeyAndItsTextIsKept() throws IOException {
        InputStream filter = filter("a" + PASTE + "Ky\u001b[A\nö" + END + "b");
        assertThat(all(filter)).isEqualTo("a" + F19 + "b");
        assertThat(pastes.pasted()).contains("Ky\u001b[A\nö");
        assertThat(pastes.pasted()).isEmpty();
    }

    @Test
    void theMarksMayBeCutAnywhere() throws IOException {
        String whole = "x" + PASTE + "Ky\u001b[20" + END + "z";
        for (int cut = 2; cut < whole.length(); cut++) {
            if (cut == 2) {
                continue; // behind the Escape: there a lone Escape is passed on, as it must be
            }
            InputStream filter = filter(whole.substring(0, cut), whole.substring(cut));
            assertThat(all(filter)).as("cut at %d", cut).isEqualTo("x" + F19 + "z");
            assertThat(pastes.pasted()).contains("Ky\u001b[20");
        }
    }

    @Test
    void ofAHugePasteOnlyTheBeginningIsKept() throws IOException {
        InputStream filter = filter(PASTE + "K".repeat(100_000) + END + "q");
        assertThat(all(filter)).isEqualTo(F19 + "q");
        assertThat(pastes.pasted().orElseThrow()).hasSize(4096);
    }

    private String read(String... chunks) throws IOException {
        return all(filter(chunks));
    }

    private static String all(InputStream filter) throws IOException {
        return new String(filter.readAllBytes(), StandardCharsets.UTF_8);
    }

    private InputStream filter(String... chunks) {
        return new FilteredInput(Keystrokes.chunks(chunks), pastes);
    }
}
