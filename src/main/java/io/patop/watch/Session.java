package io.patop.watch;

import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The running state of one watched cluster: takes observations from all sources in the order of their arrival, and
 * holds the dashboard that they lead to. Any thread may add or read; listeners are called on the adding thread and
 * must be quick.
 */
public final class Session implements Consumer<Observation> {

    /** A listener that is given each observation, in order, with the dashboard from before it. Must be quick. */
    public interface Tap {
        /** Called after an observation has been taken. */
        void took(Dashboard before, Observation observation);
    }

    private final List<Consumer<Dashboard>> listeners = new CopyOnWriteArrayList<>();
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private volatile Dashboard dashboard = Dashboard.EMPTY;

    @Override
    public synchronized void accept(Observation observation) {
        Dashboard before = dashboard;
        dashboard = Reducer.reduce(before, observation);
        taps.forEach(tap -> tap.took(before, observation));
        tellListeners();
    }

    /** Continues from the dashboard of another moment, as after a replay has been moved there. */
    public synchronized void resume(Dashboard from) {
        dashboard = from;
        tellListeners();
    }

    /** The dashboard as of the last observation. */
    public Dashboard dashboard() {
        return dashboard;
    }

    /** Calls the tap for each observation from now on. */
    public void tap(Tap tap) {
        taps.add(tap);
    }

    /** Calls the listener with each new dashboard from now on. */
    public void listen(Consumer<Dashboard> listener) {
        listeners.add(listener);
    }

    private void tellListeners() {
        for (Consumer<Dashboard> listener : listeners) {
            listener.accept(dashboard);
        }
    }
}
