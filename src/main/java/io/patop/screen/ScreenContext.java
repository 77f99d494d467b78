package io.patop.screen;

import io.patop.cluster.DynamicConfig;
import io.patop.control.Availability;
import io.patop.control.LocalCommand;
import io.patop.control.Playback;
import io.patop.screen.terminal.Ink;
import io.patop.screen.view.ConfigEditor;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Prompt;
import io.patop.screen.view.Scene;
import io.patop.screen.view.View;
import io.patop.screen.view.ViewContext;
import io.patop.watch.model.Action;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The view context of one key press. Every action becomes a question here and nowhere else. It is refused if the
 * screen is read-only, or while the display is held, since what is shown then may no longer be true.
 *
 * @param state the view state to change
 * @param actions takes what was confirmed
 * @param scene what was shown when the key was pressed
 */
record ScreenContext(ViewState state, Consumer<Action> actions, Scene scene) implements ViewContext {

    @Override
    public void ask(Availability availability, List<String> more, List<Dialog.Choice> others) {
        if (state.playback.isPresent()) {
            say("this is a replay: what it shows is past, and nothing is changed from here", Ink.WARNING);
        } else if (scene.readOnly()) {
            say(Scene.READ_ONLY, Ink.WARNING);
        } else if (state.held.isPresent()) {
            say("the display is held; press Space first, then see what is true now", Ink.WARNING);
        } else {
            availability.hindrance().ifPresent(why -> say(why, Ink.WARNING));
            availability
                    .offer()
                    .ifPresent(action ->
                            open(Questions.about(action, scene.dashboard()).offering(more, others)));
        }
    }

    @Override
    public void order(Action action) {
        actions.accept(action);
    }

    @Override
    public void run(LocalCommand command) {
        state.backstage.run(command);
    }

    @Override
    public void wind(Function<Playback, LocalCommand.Wind> wish) {
        if (state.playback.isPresent()) {
            run(wish.apply(state.playback.get()));
        } else {
            say("this is live: only a replay can be wound", Ink.WARNING);
        }
    }

    @Override
    public void open(Dialog dialog) {
        state.dialog = Optional.of(dialog);
    }

    @Override
    public void type(Prompt prompt) {
        state.prompt = Optional.of(prompt);
    }

    @Override
    public void edit(DynamicConfig config, Consumer<ConfigEditor.Outcome> then) {
        state.editing = Optional.of(new ViewState.Editing(config, then));
    }

    @Override
    public void say(String text, Ink ink) {
        state.notice = Optional.of(Notice.of(text, ink, scene.now()));
    }

    @Override
    public void show(View view) {
        state.talking = false;
        state.views.show(view);
    }
}
