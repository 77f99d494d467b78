package io.patop.command.shell;

import io.patop.screen.terminal.ColorDepth;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option for colours, on the screen and in printed output. */
public final class ColorOption {

    /** When colours are used. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "${env:PATOP_COLOR:-auto}",
            description =
                    "auto, always or never; auto heeds NO_COLOR and TERM. Default: ${DEFAULT-VALUE}. [PATOP_COLOR]")
    private Color color = Color.AUTO;

    /** Returns how many colours a terminal with this environment is given. */
    ColorDepth depth(Map<String, String> environment) {
        ColorDepth told = ColorDepth.of(environment);
        return switch (color) {
            case NEVER -> ColorDepth.NONE;
            case ALWAYS -> told == ColorDepth.NONE ? ColorDepth.SIXTEEN : told;
            case AUTO -> told;
        };
    }

    /** Returns whether printed text has colours; a pipe gets them only if they are asked for. */
    public boolean isPrinted(boolean onTerminal, Map<String, String> environment) {
        return (onTerminal || color == Color.ALWAYS) && depth(environment) != ColorDepth.NONE;
    }
}
