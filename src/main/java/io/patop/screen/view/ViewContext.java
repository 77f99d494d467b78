package io.patop.screen.view;

import io.patop.cluster.DynamicConfig;
import io.patop.control.Availability;
import io.patop.control.LocalCommand;
import io.patop.control.Playback;
import io.patop.screen.terminal.Ink;
import io.patop.watch.model.Action;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a view may do beyond itself when a key is pressed. */
public interface ViewContext {

    /** Asks the person, and does it on yes; says why not where it is not to be had. */
    void ask(Availability availability);

    /** Has something done that changes nothing in the world, so that it needs no question. */
    void order(Action action);

    /** Has patop itself do something: a file written, a replay wound. */
    void run(LocalCommand command);

    /** Winds the replay as is asked for where it stands; says so where nothing is replayed. */
    void wind(Function<Playback, LocalCommand.Wind> wish);

    /** Opens a dialog. */
    void open(Dialog dialog);

    /** Lets the person type a line. */
    void type(Prompt prompt);

    /** Gives the terminal to the editor, and goes on with what came of it. */
    void edit(DynamicConfig config, Consumer<ConfigEditor.Outcome> then);

    /** Says something in the status line. */
    void say(String text, Ink ink);

    /** Goes to another view. */
    void show(View view);
}
