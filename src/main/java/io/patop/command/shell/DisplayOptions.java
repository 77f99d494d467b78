package io.patop.command.shell;

import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Theme;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the look of the screen. */
public final class DisplayOptions {

    @Mixin
    private ColorOption color;

    @Option(
            names = "--theme",
            paramLabel = "THEME",
            defaultValue = "${env:PATOP_THEME:-own}",
            description =
                    "own keeps the terminal's background; dark and light set one, for talks. Default: ${DEFAULT-VALUE}. [PATOP_THEME]")
    private Theme.Background background = Theme.Background.OWN;

    @Option(
            names = "--ascii",
            defaultValue = "${env:PATOP_ASCII:-false}",
            description = "No signs beyond ASCII; so by itself where the locale has none. [PATOP_ASCII]")
    private boolean ascii;

    @Option(
            names = "--no-mouse",
            defaultValue = "${env:PATOP_NO_MOUSE:-false}",
            description = "Leave the mouse to the terminal, e.g. to select text without Shift. [PATOP_NO_MOUSE]")
    private boolean noMouse;

    /** Returns whether clicks and the wheel count. */
    public boolean mouse() {
        return !noMouse;
    }

    public Theme theme(Map<String, String> environment) {
        return Theme.of(color.depth(environment), background);
    }

    public Glyphs glyphs(Charset charset) {
        return ascii || !charset.equals(StandardCharsets.UTF_8) ? Glyphs.ASCII : Glyphs.UNICODE;
    }
}
