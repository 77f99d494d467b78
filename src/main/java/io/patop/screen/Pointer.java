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
        /** The selection moves, or what is shown scrolls. */
        record Move(int rows) implements Act {}

        /** As if a key were pressed. */
        record Press(KeyStroke key) implements Act {}

        /** Another view is shown. */
        record Show(int view) implements Act {}
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
        Optional<FrameIndex.Target> target = places.at(mouse.column(), mouse.row());
        if (target.isEmpty()) {
            return List.of();
        }
        if (target.get() instanceof FrameIndex.Target.Row row) {
            return isSecond
                    ? List.of(new Act.Move(row.offset()), new Act.Press(Key.ENTER.stroke()))
                    : List.of(new Act.Move(row.offset()));
        }
        if (isSecond) {
            return List.of();
        }
        if (target.get() instanceof FrameIndex.Target.Press press) {
            return List.of(new Act.Press(press.key()));
        }
        return target.get() instanceof FrameIndex.Target.ViewName view
                ? List.of(new Act.Show(view.index()))
                : List.of();
    }
}
