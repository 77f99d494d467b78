package io.patop.command;

import io.patop.docker.DockerClient;
import io.patop.drill.DrillPlan;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.NodeApi;
import io.patop.patroni.NodeCommands;
import io.patop.probe.ProbeSettings;
import io.patop.watch.Action;
import io.patop.watch.Actor;
import io.patop.watch.Candidates;
import io.patop.watch.DockerSource;
import io.patop.watch.FaultInjector;
import io.patop.watch.Orders;
import io.patop.watch.Pace;
import io.patop.watch.PatroniSource;
import io.patop.watch.ProbeSource;
import io.patop.watch.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Sources, session and actor of one watched cluster, wired together; started and ended as one. */
final class Watching implements AutoCloseable {

    private final Clock clock = Clock.systemUTC();
    private final Session session = new Session();
    private final PatroniSource patroni;
    private final DockerSource dockerSource;
    private final DockerClient docker;
    private final FaultInjector faults;
    private final Actor actor;
    private final Drilling drilling;
    private final Optional<ProbeSource> probe;

    /**
     * Wires everything and starts nothing.
     *
     * @param api to ask nodes by
     * @param commands to tell nodes what to do by
     * @param docker to ask and to act by; closed with this
     * @param urls to begin with
     * @param byMember URLs that a person gave for members
     * @param pace how often to ask
     * @param faults that only a simulated cluster can be asked for
     * @param written where the write probe writes, if there is to be one
     */
    Watching(
            NodeApi api,
            NodeCommands commands,
            DockerClient docker,
            List<ApiUrl> urls,
            Map<String, ApiUrl> byMember,
            Pace pace,
            FaultInjector faults,
            Optional<ProbeSettings> written) {
        this.docker = docker;
        this.faults = faults;
        Supplier<Duration> interval = () -> pace.interval(session.dashboard(), clock.instant());
        patroni = new PatroniSource(
                api, seeds(urls, byMember), session, interval, clock, Threads.scheduler("patop-patroni"));
        dockerSource = new DockerSource(docker::view, session, interval, clock, Threads.scheduler("patop-docker"));
        Orders orders = new Orders(api, commands, session::dashboard, session, clock);
        actor = new Actor(docker, faults, orders, session, clock, Threads.scheduler("patop-actor"));
        probe = written.map(settings -> new ProbeSource(
                () -> ProbeOptions.probe(settings, clock), session, true, Threads.scheduler("patop-probe-source")));
        drilling = new Drilling(session, actor, () -> {}, clock);
    }

    /** Takes what a person has confirmed: drills go their own way, all else to the actor. */
    void order(Action action) {
        if (action instanceof Action.StartDrill drill) {
            drilling.order(DrillPlan.of(drill));
        } else if (action instanceof Action.StopDrill) {
            drilling.cancel();
        } else {
            actor.accept(action);
        }
    }

    Drilling drilling() {
        return drilling;
    }

    void start() {
        session.listen(dashboard -> patroni.hurry());
        patroni.start();
        dockerSource.start();
        probe.ifPresent(ProbeSource::start);
    }

    Session session() {
        return session;
    }

    FaultInjector faults() {
        return faults;
    }

    Actor actor() {
        return actor;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        drilling.close();
        patroni.close();
        dockerSource.close();
        probe.ifPresent(ProbeSource::close);
        actor.close();
        docker.close();
    }

    /** The given URLs, and what Docker shows by now: after a restart of the whole stack all addresses are new. */
    private PatroniSource.Seeds seeds(List<ApiUrl> urls, Map<String, ApiUrl> byMember) {
        return new PatroniSource.Seeds() {
            @Override
            public List<ApiUrl> urls() {
                Set<ApiUrl> all = new LinkedHashSet<>(urls);
                session.dashboard().docker().view().map(Candidates::of).ifPresent(shown -> all.addAll(shown.urls()));
                return List.copyOf(all);
            }

            @Override
            public Map<String, ApiUrl> byMember() {
                return byMember;
            }
        };
    }
}
