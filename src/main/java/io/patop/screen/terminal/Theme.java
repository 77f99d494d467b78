package io.patop.screen.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How each {@link Ink} looks for a depth of colour and a background: the terminal's own background, or a fixed one on
 * which every ink has a contrast of 4.5 to 1 (WCAG 2.1, AA for text).
 */
public final class Theme {

    /**
     * The look of one ink.
     *
     * @param foreground colour of the text
     * @param background colour behind it
     * @param modifiers bold, reversed…
     */
    public record Look(TextColor foreground, TextColor background, Set<SGR> modifiers) {
        public Look {
            modifiers = Set.copyOf(modifiers);
        }
    }

    /** The background behind the text. */
    public enum Background {
        /** The terminal's own background. */
        OWN,
        /** Nearly black, for a screen. */
        DARK,
        /** White, for a projector in a bright room. */
        LIGHT
    }

    private static final TextColor OWN = TextColor.ANSI.DEFAULT;

    private final Map<Ink, Look> looks = new EnumMap<>(Ink.class);
    private final TextColor background;
    private boolean monochrome;

    private Theme() {
        this(OWN);
    }

    private Theme(TextColor background) {
        this.background = background;
    }

    /** Returns the theme for a depth of colour on the terminal's own background. */
    public static Theme of(ColorDepth depth) {
        return of(depth, Background.OWN);
    }

    /**
     * Returns the theme for a depth of colour and a background. Without colours only the terminal's own background is
     * possible.
     */
    public static Theme of(ColorDepth depth, Background background) {
        return switch (depth) {
            case NONE -> monochrome();
            case SIXTEEN ->
                switch (background) {
                    case OWN -> sixteen();
                    case DARK -> sixteenOnBlack();
                    case LIGHT -> sixteenOnWhite();
                };
            case INDEXED -> rich(TextColor.Indexed::fromRGB, background);
            case TRUE_COLOR -> rich(TextColor.RGB::new, background);
        };
    }

    /** Returns the theme with other colours for some inks; a theme without colours stays so. */
    public Theme with(Map<Ink, TextColor> colors) {
        if (monochrome || colors.isEmpty()) {
            return this;
        }
        Theme other = new Theme(background);
        other.looks.putAll(looks);
        colors.forEach((ink, color) ->
                other.looks.put(ink, new Look(color, background, look(ink).modifiers())));
        return other;
    }

    private static Theme rich(Mix mix, Background background) {
        return switch (background) {
            case OWN -> rich(mix);
            case DARK -> dark(mix);
            case LIGHT -> light(mix);
        };
    }

    public Look look(Ink ink) {
        return Objects.requireNonNull(looks.get(ink), ink::name);
    }

    private static Theme monochrome() {
        Theme theme = new Theme();
        theme.monochrome = true;
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

    private static Theme dark(Mix mix) {
        Theme theme = new Theme(mix.of(18, 18, 18));
        TextColor text = mix.of(228, 228, 228);
        TextColor blue = mix.of(95, 190, 235);
        TextColor green = mix.of(110, 210, 110);
        TextColor red = mix.of(255, 120, 120);
        theme.all(text, mix.of(160, 166, 174), blue, green, mix.of(240, 185, 70), red);
        theme.ink(Ink.STALE, mix.of(205, 170, 100));
        theme.ink(Ink.WORD, mix.of(205, 160, 235));
        return theme;
    }

    private static Theme light(Mix mix) {
        Theme theme = new Theme(mix.of(255, 255, 255));
        TextColor text = mix.of(28, 28, 28);
        TextColor blue = mix.of(0, 85, 150);
        TextColor green = mix.of(0, 95, 0);
        TextColor red = mix.of(175, 0, 0);
        theme.all(text, mix.of(88, 92, 98), blue, green, mix.of(135, 75, 0), red);
        theme.ink(Ink.STALE, mix.of(110, 80, 10));
        theme.ink(Ink.WORD, mix.of(115, 30, 145));
        return theme;
    }

    private static Theme sixteenOnBlack() {
        Theme theme = new Theme(TextColor.ANSI.BLACK);
        theme.all(
                TextColor.ANSI.WHITE_BRIGHT,
                TextColor.ANSI.WHITE,
                TextColor.ANSI.CYAN_BRIGHT,
                TextColor.ANSI.GREEN_BRIGHT,
                TextColor.ANSI.YELLOW_BRIGHT,
                TextColor.ANSI.RED_BRIGHT);
        theme.ink(Ink.STALE, TextColor.ANSI.YELLOW_BRIGHT);
        theme.ink(Ink.WORD, TextColor.ANSI.MAGENTA_BRIGHT);
        return theme;
    }

    /**
     * Makes the theme of 16 colours on white. Blue and magenta replace green and yellow, which cannot be read on
     * white.
     */
    private static Theme sixteenOnWhite() {
        Theme theme = new Theme(TextColor.ANSI.WHITE_BRIGHT);
        theme.all(
                TextColor.ANSI.BLACK,
                TextColor.ANSI.BLACK,
                TextColor.ANSI.BLUE,
                TextColor.ANSI.BLUE,
                TextColor.ANSI.MAGENTA,
                TextColor.ANSI.RED);
        theme.ink(Ink.STALE, TextColor.ANSI.MAGENTA);
        theme.ink(Ink.WORD, TextColor.ANSI.MAGENTA);
        return theme;
    }

    private void all(TextColor text, TextColor dim, TextColor title, TextColor good, TextColor warning, TextColor bad) {
        for (Ink ink : Ink.values()) {
            ink(ink, text);
        }
        ink(Ink.DIM, dim);
        ink(Ink.TITLE, title, SGR.BOLD);
        ink(Ink.LEADER, good, SGR.BOLD);
        ink(Ink.GOOD, good);
        ink(Ink.WARNING, warning, SGR.BOLD);
        ink(Ink.BAD, bad, SGR.BOLD);
        ink(Ink.NAME, title);
        ink(Ink.STRING, good);
        ink(Ink.NUMBER, text, SGR.BOLD);
        ink(Ink.KEY, title, SGR.BOLD);
        ink(Ink.SELECTED, text, SGR.REVERSE);
        ink(Ink.DANGER, bad, SGR.BOLD);
    }

    private void ink(Ink ink, TextColor foreground, SGR... modifiers) {
        Set<SGR> set = EnumSet.noneOf(SGR.class);
        set.addAll(java.util.List.of(modifiers));
        looks.put(ink, new Look(foreground, background, set));
    }
}
