package io.patop.command.live;

import io.patop.command.shell.Threads;
import io.patop.control.FaultInjector;
import io.patop.control.LocalCommand.Wind;
import io.patop.control.Playback;
import io.patop.recording.Recording;
import io.patop.recording.Replay;
import io.patop.time.SteadyClock;
import io.patop.watch.Session;
import io.patop.watch.model.Action;
import io.patop.watch.source.Inspection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A recording in place of a cluster: nothing can be done to it but to wind it. */
public final class ReplaySession implements Shown, AutoCloseable {

    private final Session session = new Session();
    private final Replay replay;
    private final Function<Playback, List<Wind>> first;

    /**
     * A replay that does nothing until {@link #start}.
     *
     * @param recording to play
     * @param first what to ask of it at the beginning
     */
    public ReplaySession(Recording recording, Function<Playback, List<Wind>> first) {
        this.replay = new Replay(recording, session, SteadyClock.system(), Threads.scheduler("patop-replay"));
        this.first = first;
    }

    @Override
    public void start() {
        replay.begin(first.apply(replay.playback()));
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Inspection inspection() {
        return Inspection.NONE;
    }

    @Override
    public void onNews(Runnable listener) {
        // Without an inspection there are none.
    }

    @Override
    public FaultInjector faults() {
        return FaultInjector.NONE;
    }

    @Override
    public Consumer<Action> actor() {
        return action -> {};
    }

    @Override
    public Clock clock() {
        return replay.clock();
    }

    @Override
    public Optional<Playback> playback() {
        return Optional.of(replay.playback());
    }

    /** Winds it. For any thread. */
    void wind(Wind wind) {
        replay.accept(wind);
    }

    @Override
    public void close() {
        replay.close();
    }
}
