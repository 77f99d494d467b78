package io.patop.screen.terminal;

import com.googlecode.lanterna.input.KeyStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be found on a frame: what a click on each place means, and the text of the selected row. It is noted while
 * the frame is drawn; what was drawn later lies on top.
 */
public final class FrameIndex {

    /** What a click means. */
    public sealed interface Target {

        /** One method for each meaning. */
        interface Visitor<R> {
            R row(Row row);

            R press(Press press);

            R viewName(ViewName name);

            R nothing(Nothing nothing);
        }

        /** Calls the visitor's method for this meaning. */
        <R> R accept(Visitor<R> visitor);

        /**
         * A row of the list in front.
         *
         * @param offset how many rows below the selected one, negative above it
         */
        record Row(int offset) implements Target {
            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.row(this);
            }
        }

        /**
         * As if a key were pressed.
         *
         * @param key the key
         */
        record Press(KeyStroke key) implements Target {
            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.press(this);
            }
        }

        /**
         * The name of a view.
         *
         * @param index its place among the views, from 0
         */
        record ViewName(int index) implements Target {
            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.viewName(this);
            }
        }

        /** A place where a click does nothing, such as the frame of a dialog. */
        record Nothing() implements Target {
            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.nothing(this);
            }
        }
    }

    private record Zone(int left, int top, int width, int height, Target target) {

        boolean holds(int column, int row) {
            return column >= left && column < left + width && row >= top && row < top + height;
        }
    }

    private final List<Zone> zones = new ArrayList<>();
    private Optional<String> selected = Optional.empty();

    /** Notes what a click on a rectangle means, instead of all that was noted there before. */
    void note(int left, int top, int width, int height, Target target) {
        zones.add(new Zone(left, top, width, height, target));
    }

    /** Notes the text of the selected row. */
    void select(String text) {
        selected = Optional.of(text);
    }

    /** Returns the text of the selected row, whole, also where it was cut on the screen; empty if there is none. */
    public Optional<String> selected() {
        return selected;
    }

    /** Returns what a click on a place means; empty if nothing was noted there. */
    public Optional<Target> at(int column, int row) {
        for (int i = zones.size() - 1; i >= 0; i--) {
            if (zones.get(i).holds(column, row)) {
                return Optional.of(zones.get(i).target());
            }
        }
        return Optional.empty();
    }
}
