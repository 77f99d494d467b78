package io.patop.screen.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextCharacter;
import com.googlecode.lanterna.TextColor;
import io.patop.text.TerminalColumns;

/**
 * A character on the screen that is as wide as {@link TerminalColumns} says. Lanterna counts two columns for every
 * letter with a mark, and one for some characters that terminals draw in two; all that it draws after one in the same
 * row would stand a column beside its place.
 */
final class MeasuredCharacter extends TextCharacter {

    private static final long serialVersionUID = 1;

    private final boolean wide;

    // Its other constructors take a single char. Lanterna deprecates this one since it finds no need for copies.
    @SuppressWarnings("deprecation")
    private MeasuredCharacter(TextCharacter character) {
        super(character);
        this.wide = TerminalColumns.of(character.getCharacterString()) == 2;
    }

    /**
     * Makes one.
     *
     * @param cell a character of one or two columns, and the marks on it
     */
    static TextCharacter of(String cell, TextColor foreground, TextColor background, SGR... looks) {
        return new MeasuredCharacter(TextCharacter.fromString(cell, foreground, background, looks)[0]);
    }

    @Override
    public boolean isDoubleWidth() {
        return wide;
    }
}
