package io.patop.command.live;

import io.patop.control.FaultInjector;
import io.patop.control.Playback;
import io.patop.watch.Session;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the full screen shows: a cluster that is watched, or a recording that is replayed. */
public interface Shown {

    /** Lets it begin. */
    void start();

    Session session();

    /** What is to be drawn. */
    default Dashboard dashboard() {
        return session().dashboard();
    }

    /** A look at the nodes' raw answers. */
    Inspection inspection();

    /** Whom to tell when an inspection has something new to see. */
    void onNews(Runnable listener);

    FaultInjector faults();

    /** Takes what a person has confirmed. */
    Consumer<Action> actor();

    /** The clock against which ages are told. */
    Clock clock();

    /** The addresses that are asked first, for as long as none has answered. */
    default List<String> asked() {
        return List.of();
    }

    /** Where the replay stands; empty if it is none. */
    default Optional<Playback> playback() {
        return Optional.empty();
    }
}
