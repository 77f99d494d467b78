package io.patop.screen;

import io.patop.cluster.DynamicConfig;
import io.patop.watch.Action;
import io.patop.watch.Offer;
import java.util.function.Consumer;

/** What a view may do beyond itself when a key is pressed. */
interface Desk {

    /** Asks the person, and does it on yes; says why not where it is not to be had. */
    void ask(Offer offer);

    /** Has something done that changes nothing in the world, so that it needs no question. */
    void order(Action action);

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
