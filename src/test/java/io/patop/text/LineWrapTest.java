package io.patop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineWrapTest {

    @Test
    void aLineIsBrokenAtTheLastBlankThatFits() {
        assertThat(LineWrap.lines("one two three", 7)).containsExactly("one two", "three");
        assertThat(LineWrap.lines("one", 7)).containsExactly("one");
    }

    @Test
    void aWordThatIsLongerThanALineIsBrokenOnlyWhereAllMustBeSeen() {
        assertThat(LineWrap.lines("abcdefghij kl", 4)).containsExactly("abcd", "efgh", "ij", "kl");
        assertThat(LineWrap.betweenWords("abcdefghij kl", 4, "", 3)).containsExactly("abcdefghij kl");
    }

    @Test
    void whatDoesNotFitIntoTheLinesIsInTheLast() {
        assertThat(LineWrap.betweenWords("a b c d e", 1, "", 3)).containsExactly("a", "b", "c d e");
    }

    /** Events on the screen lost a word at the end of each line but the first. */
    @Test
    void theIndentOfTheLinesAfterTheFirstTakesRoomToo() {
        assertThat(LineWrap.betweenWords("one two three", 7, "  ", 3)).containsExactly("one two", "  three");
        assertThat(LineWrap.betweenWords("a b cd efg h", 6, "  ", 3)).containsExactly("a b cd", "  efg", "  h");
    }

    /** Such a character takes two columns. */
    @Test
    void wideCharactersCountAsTheyAreShown() {
        assertThat(LineWrap.lines("日本 語", 4)).containsExactly("日本", "語");
        assertThat(LineWrap.lines("日本語", 1)).containsExactly("日", "本", "語");
    }
}
