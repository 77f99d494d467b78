package io.patop.watch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * One cluster being watched: takes observations from all sources in the order in which they arrive, and
 * holds the dashboard that they add up to. Any thread may add or read; those who listen are told on the
 * adding thread and must be quick.
 */
public final class Session implements Consumer<Observation> {

    private final List<Consumer<Dashboard>> listeners = new CopyOnWriteArrayList<>();
    private volatile Dashboard dashboard = Dashboard.EMPTY;

    @Override
    public synchronized void accept(Observation observation) {
        dashboard = Reducer.reduce(dashboard, observation);
        for (Consumer<Dashboard> listener : listeners) {
            listener.accept(dashboard);
        }
    }

    /** The dashboard as of the last observation. */
    public Dashboard dashboard() {
        return dashboard;
    }

    /** Tells the listener of each dashboard from now on. */
    public void listen(Consumer<Dashboard> listener) {
        listeners.add(listener);
    }
}
