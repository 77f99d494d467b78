package io.patop.screen.view;

import io.patop.screen.terminal.Cell;
import io.patop.watch.model.Action;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A box over the view that takes the keys until it is answered or closed. */
public sealed interface Dialog {

    /**
     * What is done with a dialog, case by case, in one place that the compiler checks.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        /** For {@link Help}. */
        R help(Help dialog);

        /** For {@link Drill}. */
        R drill(Drill dialog);

        /** For {@link Details}. */
        R details(Details dialog);

        /** For {@link Text}. */
        R text(Text dialog);

        /** For {@link Confirmation}. */
        R confirmation(Confirmation dialog);

        /** For {@link Menu}. */
        R menu(Menu dialog);
    }

    /** Does what the cases say for this one. */
    <R> R choose(Cases<R> cases);

    /** All keys. */
    record Help(int scrolled) implements Dialog {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.help(this);
        }
    }

    /** How far the failover drill is, or what came of the last one. */
    record Drill(int scrolled) implements Dialog {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.drill(this);
        }
    }

    /** All that is known of one member. */
    record Details(String member) implements Dialog {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.details(this);
        }
    }

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

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.text(this);
        }
    }

    /**
     * A question before an action. It names facts, and lapses when they no longer hold.
     *
     * @param action that will be done on yes
     * @param facts as they were when it was asked
     * @param lines that explain it
     * @param next what is shown on yes
     * @param others other actions to the same end, which the digits from 2 on choose; each asks anew
     */
    record Confirmation(
            Action action, ConfirmationFacts facts, List<String> lines, Optional<Dialog> next, List<Choice> others)
            implements Dialog {

        public Confirmation {
            lines = List.copyOf(lines);
            others = List.copyOf(others);
        }

        /** The question with these lines after its own, and these other actions. */
        public Confirmation offering(List<String> more, List<Choice> actions) {
            return new Confirmation(
                    action, facts, Stream.concat(lines.stream(), more.stream()).toList(), next, actions);
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.confirmation(this);
        }
    }

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

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.menu(this);
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
