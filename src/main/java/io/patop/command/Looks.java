package io.patop.command;

import io.patop.screen.ColorDepth;
import io.patop.screen.Glyphs;
import io.patop.screen.Theme;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say how the screen looks. */
final class Looks {

    /** When there is colour. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "${env:PATOP_COLOR:-auto}",
            description = "auto, always or never; auto heeds NO_COLOR and TERM. [PATOP_COLOR]")
    private Color color = Color.AUTO;

    @Option(
            names = "--ascii",
            defaultValue = "${env:PATOP_ASCII:-false}",
            description = "No signs beyond ASCII; so by itself where the locale has none. [PATOP_ASCII]")
    private boolean ascii;

    Theme theme(Map<String, String> environment) {
        return Theme.of(depth(environment));
    }

    Glyphs glyphs(Charset charset) {
        return ascii || !charset.equals(StandardCharsets.UTF_8) ? Glyphs.ASCII : Glyphs.UNICODE;
    }

    private ColorDepth depth(Map<String, String> environment) {
        ColorDepth told = ColorDepth.of(environment);
        return switch (color) {
            case NEVER -> ColorDepth.NONE;
            case ALWAYS -> told == ColorDepth.NONE ? ColorDepth.SIXTEEN : told;
            case AUTO -> told;
        };
    }
}
