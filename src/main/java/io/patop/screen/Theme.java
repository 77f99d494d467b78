package io.patop.screen;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How each {@link Ink} looks, for a depth of colour. The terminal's own background is kept. */
public final class Theme {

    /**
     * The look of one ink.
     *
     * @param foreground colour of the text
     * @param background colour behind it
     * @param modifiers bold, reversed…
     */
    public record Look(TextColor foreground, TextColor background, Set<SGR> modifiers) {
        /** Copies the set. */
        public Look {
            modifiers = Set.copyOf(modifiers);
        }
    }

    private static final TextColor OWN = TextColor.ANSI.DEFAULT;

    private final Map<Ink, Look> looks = new EnumMap<>(Ink.class);

    private Theme() {}

    /** The theme for a depth of colour. */
    public static Theme of(ColorDepth depth) {
        return switch (depth) {
            case NONE -> monochrome();
            case SIXTEEN -> sixteen();
            case INDEXED -> rich(TextColor.Indexed::fromRGB);
            case TRUE_COLOR -> rich(TextColor.RGB::new);
        };
    }

    /** The look of an ink. */
    public Look look(Ink ink) {
        return looks.get(ink);
    }

    private static Theme monochrome() {
        Theme theme = new Theme();
        for (Ink ink : Ink.values()) {
            theme.ink(ink, OWN);
        }
        theme.ink(Ink.TITLE, OWN, SGR.BOLD);
        theme.ink(Ink.LEADER, OWN, SGR.BOLD);
        theme.ink(Ink.BAD, OWN, SGR.BOLD);
        theme.ink(Ink.KEY, OWN, SGR.BOLD);
        theme.ink(Ink.SELECTED, OWN, SGR.REVERSE);
        theme.ink(Ink.DANGER, OWN, SGR.BOLD);
        return theme;
    }

    private static Theme sixteen() {
        Theme theme = new Theme();
        theme.ink(Ink.TEXT, OWN);
        theme.ink(Ink.DIM, OWN);
        theme.ink(Ink.TITLE, TextColor.ANSI.CYAN, SGR.BOLD);
        theme.ink(Ink.LEADER, TextColor.ANSI.GREEN, SGR.BOLD);
        theme.ink(Ink.GOOD, TextColor.ANSI.GREEN);
        theme.ink(Ink.WARNING, TextColor.ANSI.YELLOW, SGR.BOLD);
        theme.ink(Ink.BAD, TextColor.ANSI.RED, SGR.BOLD);
        theme.ink(Ink.STALE, TextColor.ANSI.YELLOW);
        theme.ink(Ink.NAME, TextColor.ANSI.CYAN);
        theme.ink(Ink.STRING, TextColor.ANSI.GREEN);
        theme.ink(Ink.NUMBER, OWN, SGR.BOLD);
        theme.ink(Ink.WORD, TextColor.ANSI.MAGENTA);
        theme.ink(Ink.KEY, TextColor.ANSI.CYAN, SGR.BOLD);
        theme.ink(Ink.SELECTED, OWN, SGR.REVERSE);
        theme.ink(Ink.DIALOG, OWN);
        theme.ink(Ink.DANGER, TextColor.ANSI.RED, SGR.BOLD);
        return theme;
    }

    /** Makes a colour of red, green and blue, 0 to 255 each. */
    private interface Mix {
        TextColor of(int red, int green, int blue);
    }

    private static Theme rich(Mix mix) {
        Theme theme = new Theme();
        theme.ink(Ink.TEXT, OWN);
        theme.ink(Ink.DIM, mix.of(128, 138, 148));
        theme.ink(Ink.TITLE, mix.of(95, 175, 215), SGR.BOLD);
        theme.ink(Ink.LEADER, mix.of(95, 200, 95), SGR.BOLD);
        theme.ink(Ink.GOOD, mix.of(95, 190, 95));
        theme.ink(Ink.WARNING, mix.of(225, 170, 40), SGR.BOLD);
        theme.ink(Ink.BAD, mix.of(245, 95, 95), SGR.BOLD);
        theme.ink(Ink.STALE, mix.of(190, 150, 70));
        theme.ink(Ink.NAME, mix.of(95, 175, 215));
        theme.ink(Ink.STRING, mix.of(95, 190, 95));
        theme.ink(Ink.NUMBER, OWN, SGR.BOLD);
        theme.ink(Ink.WORD, mix.of(190, 140, 215));
        theme.ink(Ink.KEY, mix.of(95, 175, 215), SGR.BOLD);
        theme.ink(Ink.SELECTED, OWN, SGR.REVERSE);
        theme.ink(Ink.DIALOG, OWN);
        theme.ink(Ink.DANGER, mix.of(245, 95, 95), SGR.BOLD);
        return theme;
    }

    private void ink(Ink ink, TextColor foreground, SGR... modifiers) {
        Set<SGR> set = EnumSet.noneOf(SGR.class);
        set.addAll(java.util.List.of(modifiers));
        looks.put(ink, new Look(foreground, OWN, set));
    }
}
