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

/** Plays a recording in place of a cluster: only the replay itself can be controlled, nothing else can be done. */
public final class ReplaySession implements ShownSession, AutoCloseable {

    private final Session session = new Session();
    private final Replay replay;
    private final Function<Playback, List<Wind>> first;

    /**
     * Makes a replay that does nothing until {@link #start}.
     *
     * @param recording the recording to play
     * @param first the first commands to the replay
     */
    public ReplaySession(Recording recording, Function<Playback, List<Wind>> first) {
        this.replay = new Replay(recording, session, SteadyClock.system(), Threads.scheduler("patop-replay"));
        this.first = first;
    }

    @Override
    public void start() {
        replay.begin(first.apply(replay.playback()));
        replay.readOn();
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
        // A replay inspects no nodes, so there is no news.
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

    /** Controls the replay. For any thread. */
    void wind(Wind wind) {
        replay.accept(wind);
    }

    @Override
    public void close() {
        replay.close();
    }
}
