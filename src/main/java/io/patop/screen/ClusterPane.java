package io.patop.screen;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.input.KeyStroke;
import io.patop.screen.terminal.Canvas;
import io.patop.screen.terminal.Cell;
import io.patop.screen.terminal.Glyphs;
import io.patop.screen.terminal.Ink;
import io.patop.screen.terminal.Picture;
import io.patop.screen.view.Dialog;
import io.patop.screen.view.Scene;
import io.patop.screen.view.TalkScreen;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.watch.model.Dashboard;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One cluster on the screen, with its view state. The state is kept while another cluster of the fleet is shown. */
final class ClusterPane {

    private final ClusterSession cluster;
    private final boolean readOnly;
    private final ZoneId zone;
    private final Clock clock;
    private final ViewState state;
    private final Keyboard keyboard;
    private final Glyphs glyphs;
    private final AnswerGate gate = new AnswerGate();
    private Optional<Notice> noticed = Optional.empty();
    private long noticedAt;
    private final long openedAt = System.nanoTime();

    /**
     * Makes the pane of a cluster.
     *
     * @param fleet whether the cluster is one of several, so that it can be left for the others
     */
    ClusterPane(ClusterSession cluster, DashboardScreen.Style style, Clock clock, boolean fleet) {
        this.cluster = cluster;
        this.readOnly = style.readOnly() || cluster.readOnly();
        this.zone = style.zone();
        this.glyphs = style.glyphs();
        this.clock = clock;
        this.state = new ViewState(cluster.faults(), cluster.inspection(), cluster.logs());
        this.state.keys = style.keys();
        this.state.fleetName = fleet ? Optional.of(cluster.name()) : Optional.empty();
        this.keyboard = new Keyboard(state, cluster.actions());
    }

    void attend(boolean attended) {
        cluster.attended().accept(attended);
    }

    /** Sets what runs local commands. */
    void accompany(LocalCommands backstage) {
        state.backstage = backstage;
    }

    Dashboard dashboard() {
        return cluster.dashboard().get();
    }

    Frame draw(Canvas canvas) {
        state.playback = state.backstage.playback();
        state.underWay = state.backstage.underWay();
        state.notes = notes();
        dropOldNotice();
        state.answerable = state.dialog
                .filter(dialog -> gate.takes(dialog, System.nanoTime()))
                .isPresent();
        Scene scene = scene();
        keyboard.keepUp(scene.dashboard(), scene.now());
        if (state.held.isEmpty() && !state.talking) {
            state.views.shown().keepUp(scene);
        }
        Frame frame = new Frame(scene, state);
        frame.draw(canvas);
        return frame;
    }

    /** Notes that the frame was written to the terminal at this monotonic time. */
    void written(Frame frame, long nanos) {
        gate.drawn(frame.dialogShown(), nanos);
    }

    /**
     * Returns how long it takes until the question that is shown can be answered; empty if there is nothing to wait
     * for.
     */
    Optional<Duration> answerableIn(long nanos) {
        return gate.opensIn(nanos);
    }

    void takePictures(Frame frame, TerminalSize size) {
        state.backstage.drawn(() -> Picture.of(frame::draw, size, glyphs));
        state.snapshot.ifPresent(
                wish -> state.backstage.run(wish.of(Picture.of(frame::draw, size, glyphs), clock.instant())));
        state.snapshot = Optional.empty();
    }

    /**
     * Returns what can no longer be written, and, while no address has answered, which addresses are asked and for
     * how long.
     */
    private List<Cell> notes() {
        List<Cell> notes = new ArrayList<>();
        state.backstage.failed().forEach(words -> notes.add(new Cell(glyphs.bad() + " " + words, Ink.BAD)));
        List<String> asked = state.backstage.asked();
        if (!asked.isEmpty() && dashboard().members().isEmpty()) {
            Duration since = Duration.ofNanos(System.nanoTime() - openedAt);
            notes.add(new Cell("asking " + String.join(", ", asked) + " for " + DurationText.age(since), Ink.STALE));
        }
        return notes;
    }

    private void dropOldNotice() {
        if (!state.notice.equals(noticed)) {
            noticed = state.notice;
            noticedAt = System.nanoTime();
        } else if (System.nanoTime() - noticedAt > Notice.SHOWN_FOR.toNanos()) {
            state.notice = Optional.empty();
        }
    }

    /** Returns whether a dialog is open. */
    boolean asks() {
        return state.dialog.isPresent();
    }

    boolean runsAStopwatch() {
        return state.talking && TalkScreen.counts(dashboard());
    }

    void say(String text, Ink ink) {
        state.notice = Optional.of(Notice.of(text, ink, clock.instant()));
    }

    /** Handles a key that was typed at this monotonic time. */
    Keyboard.Outcome press(KeyStroke stroke, long typedAt) {
        if (DialogKeys.isYes(stroke)
                && state.prompt.isEmpty()
                && state.dialog
                        .filter(Dialog.Confirmation.class::isInstance)
                        .filter(asked -> !gate.takes(asked, typedAt))
                        .isPresent()) {
            say("not taken: y was typed before the question could be read", Ink.WARNING);
            return Keyboard.Outcome.GO_ON;
        }
        return keyboard.press(stroke, scene());
    }

    /**
     * Returns what is to be copied now, in one line, and says so; empty if there is nothing.
     *
     * @param selected the text of the selected row on the frame that was drawn last
     */
    Optional<String> copied(Optional<String> selected) {
        Optional<String> text =
                state.views.shown().copied(scene()).or(() -> selected).map(Printable::line);
        say(
                text.map(line -> "sent to the terminal's clipboard: " + line).orElse("nothing here can be copied"),
                text.isPresent() ? Ink.TEXT : Ink.WARNING);
        return text;
    }

    /** Handles what the mouse did on the frame that was drawn last. */
    Keyboard.Outcome point(Pointer.Act act, long at) {
        return act.accept(new Pointer.Act.Visitor<>() {
            @Override
            public Keyboard.Outcome move(int rows) {
                keyboard.move(rows, scene());
                return Keyboard.Outcome.GO_ON;
            }

            @Override
            public Keyboard.Outcome press(KeyStroke key) {
                return ClusterPane.this.press(key, at);
            }

            @Override
            public Keyboard.Outcome show(int view) {
                keyboard.show(view);
                return Keyboard.Outcome.GO_ON;
            }
        });
    }

    void paste(String text) {
        keyboard.paste(text, scene());
    }

    /** Returns the request to edit the configuration, once. */
    Optional<ViewState.Editing> editing() {
        Optional<ViewState.Editing> wish = state.editing;
        state.editing = Optional.empty();
        return wish;
    }

    private Scene scene() {
        Dashboard shown = state.held.orElseGet(cluster.dashboard());
        return new Scene(shown, state.held.isPresent() ? state.heldAt : clock.instant(), zone, state.filter, readOnly);
    }
}
