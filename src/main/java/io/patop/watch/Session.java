package io.patop.watch;

import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One cluster being watched: takes observations from all sources in the order in which they arrive, and
 * holds the dashboard that they add up to. Any thread may add or read; those who listen are told on the
 * adding thread and must be quick.
 */
public final class Session implements Consumer<Observation> {

    /** Is told of each observation, in their order, and of what was known before it. Must be quick. */
    public interface Tap {
        /** An observation has been taken. */
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

    /** Goes on from a dashboard that stood at another time: a replay has been wound to it. */
    public synchronized void resume(Dashboard from) {
        dashboard = from;
        tellListeners();
    }

    /** The dashboard as of the last observation. */
    public Dashboard dashboard() {
        return dashboard;
    }

    /** Tells the tap of each observation from now on. */
    public void tap(Tap tap) {
        taps.add(tap);
    }

    /** Tells the listener of each dashboard from now on. */
    public void listen(Consumer<Dashboard> listener) {
        listeners.add(listener);
    }

    private void tellListeners() {
        for (Consumer<Dashboard> listener : listeners) {
            listener.accept(dashboard);
        }
    }
}
