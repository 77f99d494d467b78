package io.patop.command.live;

import io.patop.command.shell.ProbeOptions;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.Threads;
import io.patop.control.Actor;
import io.patop.control.ContainerLever;
import io.patop.control.FaultInjector;
import io.patop.control.Lever;
import io.patop.control.PatroniCommands;
import io.patop.control.ProxyLever;
import io.patop.control.ServiceLever;
import io.patop.control.fault.ActionJournal;
import io.patop.control.fault.JournalledLever;
import io.patop.control.journal.Journal;
import io.patop.control.journal.MemoryJournal;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.drill.Evidence;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.PatroniClient;
import io.patop.probe.ProbeSettings;
import io.patop.probe.SqlClients;
import io.patop.time.SteadyClock;
import io.patop.watch.Session;
import io.patop.watch.SuspendDetector;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DockerStatus;
import io.patop.watch.model.Observation;
import io.patop.watch.model.WatchedProxy;
import io.patop.watch.source.DiscoveredAddresses;
import io.patop.watch.source.DockerSource;
import io.patop.watch.source.Inspection;
import io.patop.watch.source.LogReader;
import io.patop.watch.source.LogSource;
import io.patop.watch.source.MemberLogs;
import io.patop.watch.source.PatroniSource;
import io.patop.watch.source.PollInterval;
import io.patop.watch.source.ProbeSource;
import io.patop.watch.source.ProxySource;
import io.patop.watch.source.RawAnswers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sources, session and actor of one watched cluster, wired together, and started and ended as one. */
public final class LiveSession implements ShownSession, AutoCloseable {

    /** Poll interval of a cluster that nobody looks at. */
    private static final Duration UNATTENDED = Duration.ofSeconds(5);

    /** How much older than its arrival what Docker shows may be. */
    private static final Duration DOCKER_AGE = Duration.ofSeconds(5);

    /** Poll interval of such a cluster while something happens there. */
    private static final Duration UNATTENDED_QUICK = Duration.ofSeconds(1);

    private final SteadyClock clock = SteadyClock.system();
    private final Session session = new Session();
    private final SuspendDetector suspends;
    private final PatroniSource patroni;
    private final DockerSource dockerSource;
    private final DockerClient docker;
    private final FaultInjector faults;
    private final Journal journal;
    private final ProxySource proxySource;
    private final List<Lever<?>> levers;
    private final Actor actor;
    private final DrillController drilling;
    private final Optional<ProbeSource> probe;
    private final RawAnswers rest;
    private final LogSource logs;
    private final InFleet place;
    private final List<String> asked;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean attended = true;
    private volatile boolean started;
    private volatile Runnable onNews = () -> {};

    /**
     * Settings of a session in a fleet, where all clusters share few threads and most are not looked at.
     *
     * @param scheduler the scheduler that polls the nodes
     * @param delay time until the first request, so that not all clusters are asked at once
     * @param docker whether Docker is asked too, and HAProxy through it
     */
    public record InFleet(ScheduledExecutorService scheduler, Duration delay, boolean docker) {}

    /**
     * What is watched besides the nodes and Docker.
     *
     * @param faults the faults that only a simulated cluster can have
     * @param proxies the HAProxies
     * @param probe where the write probe writes; empty for no probe
     * @param journal what is broken now
     * @param evidence the folder below which it is kept why a cluster did not recover in a drill; empty for nowhere
     */
    public record Extras(
            FaultInjector faults,
            ProxyOptions.Proxies proxies,
            Optional<ProbeSettings> probe,
            Journal journal,
            Optional<Path> evidence) {

        /** What is beside a cluster whose journal ends with patop: a simulated one, or one that is only watched. */
        public Extras(FaultInjector faults, ProxyOptions.Proxies proxies, Optional<ProbeSettings> probe) {
            this(faults, proxies, probe, new MemoryJournal(), Optional.empty());
        }
    }

    /**
     * Wires everything and starts nothing.
     *
     * @param api asks the nodes
     * @param docker asks Docker and acts through it; closed with this session
     * @param urls the first URLs to ask
     * @param byMember URLs that a person gave for members
     * @param pace how often to ask
     * @param extras what else can be watched and broken
     */
    public LiveSession(
            PatroniClient api,
            DockerClient docker,
            List<ApiUrl> urls,
            Map<String, ApiUrl> byMember,
            PollInterval pace,
            Extras extras) {
        this(
                api,
                docker,
                urls,
                byMember,
                pace,
                extras,
                new InFleet(Threads.scheduler("patop-patroni"), Duration.ZERO, true));
    }

    /** Makes the session of one cluster in a fleet. */
    public LiveSession(
            PatroniClient api,
            DockerClient docker,
            List<ApiUrl> urls,
            Map<String, ApiUrl> byMember,
            PollInterval pace,
            Extras extras,
            InFleet place) {
        this.place = place;
        this.asked = urls.stream().map(url -> url.host() + ":" + url.port()).toList();
        this.docker = docker;
        this.faults = extras.faults();
        this.journal = extras.journal();
        ProxyOptions.Proxies proxies = extras.proxies();
        Supplier<Duration> interval = () -> interval(pace);
        suspends = new SuspendDetector(session, clock, place.scheduler());
        patroni = new PatroniSource(api, seeds(urls, byMember), suspends, interval, clock, place.scheduler());
        dockerSource = new DockerSource(docker::view, suspends, interval, clock, Threads.scheduler("patop-docker"));
        probe = extras.probe()
                .map(settings -> new ProbeSource(
                        () -> ProbeOptions.probe(settings, clock),
                        suspends,
                        true,
                        Threads.scheduler("patop-probe-source")));
        proxySource = new ProxySource(
                () -> proxies.places(session.dashboard().docker().view(), isProxyFound()),
                proxies::client,
                suspends,
                interval,
                clock,
                Threads.pool("patop-proxy"),
                Threads.scheduler("patop-proxies"));
        drilling = new DrillController(
                session,
                action -> actor().accept(action),
                () -> {},
                faults,
                evidence(extras, docker, clock),
                clients -> extras.probe()
                        .map(settings -> SqlClients.start(settings, clients, clock, Threads.named("patop-client"))),
                clock);
        ActionJournal kept = new ActionJournal(extras.journal(), this::engine, docker.place(), clock);
        List<Lever<?>> all = new ArrayList<>(List.of(
                new JournalledLever<>(new ContainerLever(docker), kept),
                new JournalledLever<>(new ServiceLever(docker), kept),
                new PatroniCommands(api, api, session::dashboard, session, clock),
                new ProxyLever(proxySource, session, clock),
                new DrillLever.Start(drilling),
                new DrillLever.Stop(drilling)));
        all.addAll(faults.levers());
        levers = List.copyOf(all);
        actor = new Actor(levers, session, clock, Threads.scheduler("patop-actor"));
        rest = new RawAnswers(
                api, session::dashboard, () -> onNews.run(), clock, Threads.scheduler("patop-inspection"));
        logs = new LogSource(
                new LogReader(docker.logs()),
                session::dashboard,
                () -> onNews.run(),
                clock,
                Threads.scheduler("patop-logs"));
    }

    private static Evidence evidence(Extras extras, DockerClient docker, Clock clock) {
        return extras.evidence()
                .<Evidence>map(
                        folder -> new EvidenceFolder(folder, new LogReader(docker.logs()), Optional.empty(), clock))
                .orElse(Evidence.NONE);
    }

    public DrillController drilling() {
        return drilling;
    }

    @Override
    public void start() {
        session.listen(dashboard -> {
            patroni.hurry();
            proxySource.hurry();
        });
        suspends.start();
        started = true;
        patroni.start(place.delay());
        if (place.docker()) {
            dockerSource.start();
            proxySource.start();
        }
        if (attended) {
            startProbe();
        }
    }

    /**
     * Starts the probe once, when somebody first looks at the cluster: nothing is written to a cluster that nobody
     * looks at.
     */
    private void startProbe() {
        if (probing.compareAndSet(false, true)) {
            probe.ifPresent(ProbeSource::start);
        }
    }

    /** Sets whether somebody looks at the cluster; one that nobody looks at is asked less often. */
    public void attend(boolean looking) {
        attended = looking;
        patroni.hurry();
        if (looking && started) {
            startProbe();
        }
    }

    private Duration interval(PollInterval pace) {
        Duration wanted = pace.interval(session.dashboard(), clock.instant());
        if (attended) {
            return wanted;
        }
        Duration least = wanted.equals(PollInterval.QUICK) ? UNATTENDED_QUICK : UNATTENDED;
        return wanted.compareTo(least) > 0 ? wanted : least;
    }

    @Override
    public Session session() {
        return session;
    }

    /** Returns the present dashboard, also at the first look after nobody watched for a while. */
    @Override
    public Dashboard dashboard() {
        if (started) {
            suspends.look();
        }
        return session.dashboard();
    }

    /** Returns what takes the observations of another source. */
    public Consumer<Observation> sink() {
        return suspends;
    }

    @Override
    public FaultInjector faults() {
        return faults;
    }

    @Override
    public Consumer<Action> actor() {
        return actor;
    }

    /** All by which it is changed. */
    List<Lever<?>> levers() {
        return levers;
    }

    @Override
    public Inspection inspection() {
        return rest;
    }

    @Override
    public MemberLogs logs() {
        return logs;
    }

    @Override
    public void onNews(Runnable listener) {
        onNews = listener;
    }

    @Override
    public List<String> asked() {
        return asked;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        drilling.close();
        patroni.close();
        dockerSource.close();
        probe.ifPresent(ProbeSource::close);
        proxySource.close();
        actor.close();
        faults.settle(session.dashboard());
        faults.close();
        if (session.dashboard().docker() instanceof DockerStatus.Answering answering) {
            journal.strikeOut(
                    answering.at().minus(DOCKER_AGE), repair -> ActionJournal.isMended(repair, answering.now()));
        }
        rest.close();
        logs.close();
        docker.close();
    }

    private Optional<EngineView> engine() {
        return session.dashboard().docker().view();
    }

    private boolean isProxyFound() {
        return session.dashboard().proxies().values().stream().anyMatch(WatchedProxy::answers);
    }

    /**
     * Returns the given URLs and those that Docker shows now: after a restart of the whole stack all addresses are
     * new.
     */
    private PatroniSource.Seeds seeds(List<ApiUrl> urls, Map<String, ApiUrl> byMember) {
        return new PatroniSource.Seeds() {
            @Override
            public List<ApiUrl> urls() {
                Set<ApiUrl> all = new LinkedHashSet<>(urls);
                session.dashboard()
                        .docker()
                        .view()
                        .map(DiscoveredAddresses::of)
                        .ifPresent(shown -> all.addAll(shown.urls()));
                return List.copyOf(all);
            }

            @Override
            public Map<String, ApiUrl> byMember() {
                return byMember;
            }
        };
    }
}
