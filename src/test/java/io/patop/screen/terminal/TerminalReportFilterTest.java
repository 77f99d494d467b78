package io.patop.screen.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.input.DefaultKeyDecodingProfile;
import com.googlecode.lanterna.input.InputDecoder;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;
import io.patop.screen.Keystrokes;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a terminal reports or answers is no key, whoever asked for it. */
class TerminalReportFilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[<0;10;6M",
                "\u001b[<64;75;75m",
                "\u001b[M Ky",
                "\u001b[32;10;6M",
                "\u001b[I",
                "\u001b[O",
                "\u001b[<0;1;1M\u001b[<0;1;1m",
                "\u001b[?62;22c",
                "\u001b[>41;366;0c",
                "\u001b[?2026;2$y",
                "\u001b[8;24;80t",
                "\u001b[0n",
                "\u001b[97;5u",
                "\u001b[27;5;9~",
                "\u001b[34~",
                "\u001b[1;5;9A",
                "\u001b[?997;1n"
            })
    void aReportIsNoKeyWhereverItIsCut(String report) throws IOException {
        assertNothingPasses(report, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b]11;rgb:1e1e/1e1e/1e1e\u0007",
                "\u001b]11;rgb:1e1e/1e1e/1e1e\u001b\\",
                "\u001b]l~: K\u001b\\",
                "\u001bP1$r0m\u001b\\",
                "\u001bP>|XTerm(379)\u001b\\",
                "\u001bP!|00000000\u001b\\"
            })
    void anAnswerThatIsAStringIsNoKeyWhereverItIsCut(String answer) throws IOException {
        assertNothingPasses(answer, 2);
    }

    /** Cut behind its first bytes, an answer looks like a key: Escape, Alt-], Alt-P. */
    private static void assertNothingPasses(String report, int key) throws IOException {
        String whole = "j" + report + "k";
        for (int cut = 1; cut < whole.length(); cut++) {
            if (whole.charAt(cut - 1) == '\u001b' || cut == 1 + key) {
                continue;
            }
            assertThat(read(whole.substring(0, cut), whole.substring(cut)))
                    .as("cut at %d", cut)
                    .isEqualTo("jk");
        }
    }

    @Test
    void keysPassAsTheyCome() throws IOException {
        String keys = "jK\u001b[A\u001bOP\u001b[15~\u001b[1;5A\u001b[33~\u001b\u001b[B\u001b[[Aé\u001b[Z\u001bm";
        assertThat(read(keys)).isEqualTo(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b", "\u001b]", "\u001bP", "\u001bPq", "\u001b]\r", "\u001b\u001b"})
    void whatMayBeAKeyPassesAtOnce(String key) throws IOException {
        assertThat(read(key)).isEqualTo(key);
    }

    @Test
    void neitherASequenceNorAStringWithoutEndSwallowsWhatIsTypedThen() throws IOException {
        assertThat(read("\u001b[" + "1;".repeat(10_000) + "Kj")).isEqualTo("j");
        assertThat(read("\u001b]1" + "x".repeat(4097) + "j")).isEqualTo("j");
        assertThat(read("\u001b]1", "x", "\rj")).isEqualTo("\rj");
        assertThat(read("\u001b[1", "\u001b[A", "\u001b[2", "\u0003")).isEqualTo("\u001b[A\u0003");
    }

    /** Lanterna takes each letter of what it does not know for a key. */
    @Test
    void ofNoSequenceALetterIsTyped() throws IOException {
        List<String> sequences = new ArrayList<>();
        for (String start : List.of("", "1", "1;5", "1;5;9", "<1", "?1", "=1", ">1", "!", "1$", "0 ")) {
            for (char last = '@'; last <= '~'; last++) {
                sequences.add("\u001b[" + start + last);
            }
        }
        for (int number = 0; number < 300; number++) {
            sequences.add("\u001b[" + number + "~");
            sequences.add("\u001b[" + number + ";5~");
        }
        // Begin what goes on with the next letters.
        sequences.removeAll(List.of("\u001b[M", "\u001b[["));
        for (String sequence : sequences) {
            assertThat(letters(sequence + "j")).as(sequence.substring(1)).isEqualTo("j");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 11, 15, 17, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33})
    void aKeyThatLanternaKnowsByItsNumberPasses(int number) throws IOException {
        assertThat(read("\u001b[" + number + "~", "\u001b[" + number + ";5~"))
                .isEqualTo("\u001b[" + number + "~\u001b[" + number + ";5~");
    }

    private static String letters(String typed) throws IOException {
        InputDecoder decoder = new InputDecoder(new InputStreamReader(
                new FilteredInput(Keystrokes.chunks(typed), new TerminalReportFilter(report -> false)),
                StandardCharsets.UTF_8));
        decoder.addProfile(new DefaultKeyDecodingProfile());
        StringBuilder letters = new StringBuilder();
        KeyStroke key = decoder.getNextCharacter(true);
        while (key != null && key.getKeyType() != KeyType.EOF) {
            if (key.getKeyType() == KeyType.Character) {
                letters.append(key.getCharacter());
            }
            key = decoder.getNextCharacter(true);
        }
        return letters.toString();
    }

    private static String read(String... chunks) throws IOException {
        return new String(
                new FilteredInput(Keystrokes.chunks(chunks), new TerminalReportFilter(report -> false)).readAllBytes(),
                StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "<0;10;6M, LEFT, 9, 5",
        "<64;1;1M, WHEEL_UP, 0, 0",
        "<65;300;75M, WHEEL_DOWN, 299, 74",
        "<0;0;0M, LEFT, 0, 0"
    })
    void aButtonIsReadFromItsReport(String sequence, TerminalReport.Button button, int column, int row) {
        assertThat(TerminalReport.parse(sequence)).contains(new TerminalReport.Mouse(button, column, row));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<0;10;6m", "<2;10;6M", "<16;10;6M", "<8;10;6M", "<99999;1;1M", "?2027;2$y", "?62;22c"})
    void releasesOtherButtonsAndHeldKeysAreNoReports(String sequence) {
        assertThat(TerminalReport.parse(sequence)).isEmpty();
    }

    @Test
    void focusAndModesAreToldAndNeverReachTheKeys() throws IOException {
        List<TerminalReport> told = new ArrayList<>();

        String keys = new String(
                new FilteredInput(
                                Keystrokes.chunks("j\u001b[I\u001b[O\u001b[?2026;2$y\u001b[?2026;0$yk"),
                                new TerminalReportFilter(report -> {
                                    told.add(report);
                                    return false;
                                }))
                        .readAllBytes(),
                StandardCharsets.UTF_8);

        assertThat(keys).isEqualTo("jk");
        assertThat(told)
                .containsExactly(
                        new TerminalReport.Focus(true),
                        new TerminalReport.Focus(false),
                        new TerminalReport.Synchronized(true),
                        new TerminalReport.Synchronized(false));
    }

    @Test
    void aReportThatIsKeptComesAsF18AtItsPlaceAmongTheKeys() throws IOException {
        String keys = new String(
                new FilteredInput(Keystrokes.chunks("j\u001b[<0;3;4", "Mk"), new TerminalReportFilter(report -> true))
                        .readAllBytes(),
                StandardCharsets.UTF_8);

        assertThat(keys).isEqualTo("j\u001b[32~k");
    }
}
