package io.patop.screen.view;

import io.patop.cluster.DynamicConfig;
import io.patop.control.Availability;
import io.patop.control.LocalCommand;
import io.patop.control.Playback;
import io.patop.screen.terminal.Ink;
import io.patop.watch.model.Action;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a view may do beyond itself when a key is pressed. */
public interface ViewContext {

    /** Asks the person, and does the action on yes; shows the reason when the action is not available. */
    default void ask(Availability availability) {
        ask(availability, List.of(), List.of());
    }

    /** Asks likewise, with more lines in the question, and other actions to the same end. */
    void ask(Availability availability, List<String> more, List<Dialog.Choice> others);

    /** Does an action without a question, since it changes nothing in the cluster. */
    void order(Action action);

    /** Runs a local command: writes a file, controls a replay. */
    void run(LocalCommand command);

    /** Sends the replay a command that depends on its present position; says so if nothing is replayed. */
    void wind(Function<Playback, LocalCommand.Wind> wish);

    /** Opens a dialog. */
    void open(Dialog dialog);

    /** Lets the person type a line. */
    void type(Prompt prompt);

    /** Gives the terminal to the editor, and calls {@code then} with the outcome. */
    void edit(DynamicConfig config, Consumer<ConfigEditor.Outcome> then);

    /** Shows a text in the status line. */
    void say(String text, Ink ink);

    /** Goes to another view. */
    void show(View view);
}
