package io.patop.screen.view;

import io.patop.screen.terminal.Cell;
import io.patop.watch.model.Action;
import java.util.List;
import java.util.function.Consumer;

/** A box over the view that takes the keys until it is answered or closed. */
public sealed interface Dialog {

    /** The help: all keys. */
    record Help(int scrolled) implements Dialog {}

    /** The progress of the failover drill, or the result of the last one. */
    record Drill(int scrolled) implements Dialog {}

    /** All that is known of one member. */
    record Details(String member) implements Dialog {}

    /**
     * A longer text.
     *
     * @param title the title
     * @param lines the lines
     * @param top the first line that is shown
     */
    record Text(String title, List<Cell> lines, int top) implements Dialog {

        public Text {
            lines = List.copyOf(lines);
        }

        public Text scrolled(int rows) {
            return new Text(title, lines, Math.max(0, Math.min(lines.size() - 1, top + rows)));
        }
    }

    /**
     * A question before an action. It names facts, and lapses when they no longer hold.
     *
     * @param action what will be done on yes
     * @param facts the facts when the question was asked
     * @param lines the explanation
     */
    record Confirmation(Action action, ConfirmationFacts facts, List<String> lines) implements Dialog {}

    /**
     * A menu to choose from.
     *
     * @param title the title
     * @param choices the rows; at least one
     * @param selected row
     */
    record Menu(String title, List<Choice> choices, int selected) implements Dialog {

        public Menu {
            choices = List.copyOf(choices);
            if (choices.isEmpty()) {
                throw new IllegalArgumentException("a menu of nothing: " + title);
            }
        }

        public Menu moved(int rows) {
            return new Menu(title, choices, Math.max(0, Math.min(choices.size() - 1, selected + rows)));
        }
    }

    /**
     * A row of a menu.
     *
     * @param words the row's text
     * @param chosen runs when the row is chosen; asks a question first if it changes anything
     */
    record Choice(String words, Consumer<ViewContext> chosen) {}
}
