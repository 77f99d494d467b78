package io.patop.screen.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TextColor;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a theme sets the background, every ink can be read on it: WCAG 2.1, 1.4.3, AA for text. */
class ThemeTest {

    private static final double AA = 4.5;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyInkHasContrast(ColorDepth depth) {
        for (Theme.Background background : new Theme.Background[] {Theme.Background.DARK, Theme.Background.LIGHT}) {
            Theme theme = Theme.of(depth, background);
            for (Ink ink : Ink.values()) {
                Theme.Look look = theme.look(ink);
                assertThat(contrast(look.foreground(), look.background()))
                        .as("%s, %s, %s", depth, background, ink)
                        .isGreaterThanOrEqualTo(AA);
                assertThat(look.background()).isEqualTo(theme.look(Ink.TEXT).background());
            }
        }
    }

    @Test
    void lightIsLightAndDarkIsDark() {
        assertThat(luminance(Theme.of(ColorDepth.TRUE_COLOR, Theme.Background.LIGHT)
                        .look(Ink.TEXT)
                        .background()))
                .isGreaterThan(0.9);
        assertThat(luminance(Theme.of(ColorDepth.TRUE_COLOR, Theme.Background.DARK)
                        .look(Ink.TEXT)
                        .background()))
                .isLessThan(0.05);
    }

    @ParameterizedTest
    @EnumSource
    void theTerminalsOwnBackgroundIsKept(ColorDepth depth) {
        for (Ink ink : Ink.values()) {
            assertThat(Theme.of(depth).look(ink).background()).isEqualTo(TextColor.ANSI.DEFAULT);
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.Background.class)
    void withoutColoursThereAreNone(Theme.Background background) {
        Theme theme = Theme.of(ColorDepth.NONE, background);
        for (Ink ink : Ink.values()) {
            assertThat(theme.look(ink).foreground()).isEqualTo(TextColor.ANSI.DEFAULT);
            assertThat(theme.look(ink).background()).isEqualTo(TextColor.ANSI.DEFAULT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSelectedRowIsReversedAndNotOnlyColoured(ColorDepth depth) {
        for (Theme.Background background : Theme.Background.values()) {
            assertThat(Theme.of(depth, background).look(Ink.SELECTED).modifiers())
                    .contains(SGR.REVERSE);
        }
    }

    /** As WCAG 2.1 defines it. */
    private static double contrast(TextColor one, TextColor other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(TextColor color) {
        double[] linear = DoubleStream.of(color.getRed(), color.getGreen(), color.getBlue())
                .map(part -> part / 255)
                .map(part -> part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4))
                .toArray();
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
