package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import io.patop.screen.terminal.FrameIndex;
import io.patop.screen.terminal.Key;
import io.patop.screen.terminal.TerminalReport.Mouse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells what the mouse means on the frame that is on the screen: a click selects, the wheel scrolls, a second click on
 * the same place enters. It never means yes to a question. Used by the screen's thread alone.
 */
final class Pointer {

    /** What the mouse has asked for. */
    sealed interface Act {
        /** One method for each act, that returns what it led to. */
        interface Visitor<R> {
            R move(int rows);

            R press(KeyStroke key);

            R show(int view);
        }

        /** Calls the visitor's method for this act. */
        <R> R accept(Visitor<R> visitor);

        /** The selection moves, or what is shown scrolls. */
        record Move(int rows) implements Act {
            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.move(rows);
            }
        }

        /** As if a key were pressed. */
        record Press(KeyStroke key) implements Act {
            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.press(key);
            }
        }

        /** Another view is shown. */
        record Show(int view) implements Act {
            @Override
            public <R> R accept(Visitor<R> visitor) {
                return visitor.show(view);
            }
        }
    }

    private static final int ROWS_A_TURN = 3;
    private static final long DOUBLE_CLICK = Duration.ofMillis(400).toNanos();

    private FrameIndex places = new FrameIndex();
    private Optional<Mouse> last = Optional.empty();
    private long lastAt;

    /** Takes the meanings of places on a new frame. */
    void drawn(FrameIndex frame) {
        places = frame;
    }

    /**
     * Returns what the mouse has asked for, in order.
     *
     * @param mouse the button that was pressed
     * @param nanos the monotonic time of it
     */
    List<Act> acts(Mouse mouse, long nanos) {
        return switch (mouse.button()) {
            case WHEEL_UP -> List.of(new Act.Move(-ROWS_A_TURN));
            case WHEEL_DOWN -> List.of(new Act.Move(ROWS_A_TURN));
            case LEFT -> click(mouse, nanos);
        };
    }

    private List<Act> click(Mouse mouse, long nanos) {
        boolean isSecond = last.filter(mouse::equals).isPresent() && nanos - lastAt <= DOUBLE_CLICK;
        last = isSecond ? Optional.empty() : Optional.of(mouse);
        lastAt = nanos;
        return places.at(mouse.column(), mouse.row())
                .map(target -> target.accept(isSecond ? new SecondClick() : new FirstClick()))
                .orElse(List.of());
    }

    private record FirstClick() implements FrameIndex.Target.Visitor<List<Act>> {
        @Override
        public List<Act> row(FrameIndex.Target.Row row) {
            return List.of(new Act.Move(row.offset()));
        }

        @Override
        public List<Act> press(FrameIndex.Target.Press press) {
            return List.of(new Act.Press(press.key()));
        }

        @Override
        public List<Act> viewName(FrameIndex.Target.ViewName name) {
            return List.of(new Act.Show(name.index()));
        }

        @Override
        public List<Act> nothing(FrameIndex.Target.Nothing nothing) {
            return List.of();
        }
    }

    /** The second of a double click: it opens a row, and repeats nothing else. */
    private record SecondClick() implements FrameIndex.Target.Visitor<List<Act>> {
        @Override
        public List<Act> row(FrameIndex.Target.Row row) {
            return List.of(new Act.Move(row.offset()), new Act.Press(Key.ENTER.stroke()));
        }

        @Override
        public List<Act> press(FrameIndex.Target.Press press) {
            return List.of();
        }

        @Override
        public List<Act> viewName(FrameIndex.Target.ViewName name) {
            return List.of();
        }

        @Override
        public List<Act> nothing(FrameIndex.Target.Nothing nothing) {
            return List.of();
        }
    }
}
