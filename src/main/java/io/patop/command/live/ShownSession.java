package io.patop.command.live;

import io.patop.control.FaultInjector;
import io.patop.control.Playback;
import io.patop.watch.Session;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import io.patop.watch.source.MemberLogs;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the full screen shows: a watched cluster, or a recording that is replayed. */
public interface ShownSession {

    /** Starts the session. */
    void start();

    Session session();

    /** Returns the dashboard to draw. */
    default Dashboard dashboard() {
        return session().dashboard();
    }

    /** Returns the inspection of the nodes' raw answers. */
    Inspection inspection();

    /** Returns the members' logs; none where nothing can be asked. */
    default MemberLogs logs() {
        return MemberLogs.NONE;
    }

    /** Sets the listener that is called when an inspection has something new. */
    void onNews(Runnable listener);

    FaultInjector faults();

    /** Returns what takes the actions that a person has confirmed. */
    Consumer<Action> actor();

    /** Returns the clock for ages. */
    Clock clock();

    /** Returns the addresses that are asked first; empty as soon as one has answered. */
    default List<String> asked() {
        return List.of();
    }

    /** Returns the replay's position; empty if the session is live. */
    default Optional<Playback> playback() {
        return Optional.empty();
    }
}
