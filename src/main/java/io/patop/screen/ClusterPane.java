package io.patop.screen;

import com.googlecode.lanterna.input.KeyStroke;
import io.patop.watch.Dashboard;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/** One cluster on the screen, and where the person is in it; it stays so while another is shown. */
final class ClusterPane {

    private final Shown cluster;
    private final boolean readOnly;
    private final ZoneId zone;
    private final Clock clock;
    private final ViewState state;
    private final Keyboard keyboard;

    /**
     * A pane of that cluster.
     *
     * @param fleet whether it is one of several, so that it can be left for the others
     */
    ClusterPane(Shown cluster, DashboardScreen.Style style, Clock clock, boolean fleet) {
        this.cluster = cluster;
        this.readOnly = style.readOnly() || cluster.readOnly();
        this.zone = style.zone();
        this.clock = clock;
        this.state = new ViewState(cluster.faults());
        this.state.fleetName = fleet ? Optional.of(cluster.name()) : Optional.empty();
        this.keyboard = new Keyboard(state, cluster.actions());
    }

    void attend(boolean attended) {
        cluster.attended().accept(attended);
    }

    void draw(Canvas canvas) {
        Scene scene = scene();
        keyboard.keepUp(scene.dashboard(), scene.now());
        new Frame(scene, state).draw(canvas);
    }

    Keyboard.Outcome press(KeyStroke stroke) {
        return keyboard.press(stroke, scene());
    }

    void paste(String text) {
        keyboard.paste(text, scene());
    }

    /** The wish to edit the configuration, once. */
    Optional<ViewState.Editing> editing() {
        Optional<ViewState.Editing> wish = state.editing;
        state.editing = Optional.empty();
        return wish;
    }

    private Scene scene() {
        Dashboard shown = state.held.orElseGet(cluster.dashboard());
        return new Scene(shown, clock.instant(), zone, state.filter, readOnly);
    }
}
