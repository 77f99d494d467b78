package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import io.patop.screen.view.Prompt;
import io.patop.screen.view.Scene;
import io.patop.screen.view.ViewContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The line that is typed after {@code :}. A known command is run as it is typed, with its arguments; any other text
 * chooses from the {@link Palette} of what contains it.
 */
final class PalettePrompt implements Prompt.Purpose {

    private final ViewState state;
    private final ViewContext context;
    private final CommandLine commands;
    private final List<Palette.Entry> entries;

    private PalettePrompt(ViewState state, Scene scene, ViewContext context) {
        this.state = state;
        this.context = context;
        this.commands = new CommandLine(state, scene, context);
        this.entries = entries(state, scene, context);
    }

    static void open(ViewState state, Scene scene, ViewContext context) {
        PalettePrompt purpose = new PalettePrompt(state, scene, context);
        purpose.typed("");
        context.type(new Prompt(":", "", purpose));
    }

    private static List<Palette.Entry> entries(ViewState state, Scene scene, ViewContext context) {
        List<Palette.Entry> entries = new ArrayList<>();
        state.views
                .all()
                .forEach(view -> entries.add(
                        new Palette.Entry(view.title().toLowerCase(Locale.ROOT), "view", at -> at.show(view))));
        CommandLine commands = new CommandLine(state, scene, context);
        CommandLine.EXPLAINED.forEach(
                (name, explanation) -> entries.add(new Palette.Entry(name, explanation, at -> commands.run(name))));
        if (!scene.readOnly() && state.playback.isEmpty()) {
            new MemberKeys(state.views.shown(), state.faults, scene, context)
                    .choices()
                    .forEach(choice -> entries.add(new Palette.Entry(choice.words(), "", choice.chosen())));
        }
        return entries;
    }

    @Override
    public void typed(String text) {
        state.palette = Optional.of(Palette.find(entries, text));
    }

    @Override
    public void entered(String text) {
        Palette palette = state.palette.orElseThrow();
        state.palette = Optional.empty();
        if (text.isBlank() && !palette.byHand()) {
            return;
        }
        if ((!palette.byHand() && commands.knows(text)) || palette.matches().isEmpty()) {
            commands.run(text);
        } else {
            palette.chosen().orElseThrow().run().accept(context);
        }
    }

    /** Up and Down select, Tab completes. */
    @Override
    public Optional<String> pressed(KeyStroke stroke, String text) {
        switch (stroke.getKeyType()) {
            case ArrowUp -> state.palette = state.palette.map(palette -> palette.moved(-1));
            case ArrowDown -> state.palette = state.palette.map(palette -> palette.moved(1));
            case Tab -> {
                return state.palette.flatMap(Palette::chosen).map(Palette.Entry::name);
            }
            default -> {}
        }
        return Optional.empty();
    }

    @Override
    public void dropped() {
        state.palette = Optional.empty();
    }
}
