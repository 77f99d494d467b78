package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.Availability;
import io.patop.control.FaultInjector;
import io.patop.control.InjectedFault;
import io.patop.control.Lever;
import io.patop.control.journal.EntryOwner;
import io.patop.control.journal.Journal;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.JournalSnapshot;
import io.patop.control.journal.OwnFaults;
import io.patop.control.journal.Repair;
import io.patop.docker.Container;
import io.patop.docker.ContainerAccess;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DockerStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Causes faults by a Docker Engine. Each is written to the journal before it is caused and mended from there, so that
 * this patop, the next one and {@code patop mend} mend it alike. What this process has caused is undone when it ends.
 */
public final class EngineFaults implements FaultInjector {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final DockerClient docker;
    private final ContainerAccess access;
    private final Journal journal;
    private final JournalSnapshot known;
    private final FaultMeans means;
    private final String image;
    private final Clock clock;
    private final EntryOwner self;
    private final OwnFaults own;

    /**
     * Faults by that engine.
     *
     * @param docker the engine; closed with this
     * @param journal what is broken
     * @param image of the helpers that change a container's network
     * @param clock for the journal
     */
    public EngineFaults(DockerClient docker, Journal journal, String image, Clock clock) {
        this.docker = docker;
        this.access = docker.access();
        this.journal = journal;
        this.self = journal.owner();
        this.own = new OwnFaults(this, journal, this::mendNow);
        this.known = JournalSnapshot.of(journal, clock);
        this.image = image;
        this.clock = clock;
        this.means = new FaultMeans(docker, image);
    }

    /** What faults need of the engine, asked for and known. */
    public FaultMeans means() {
        return means;
    }

    @Override
    public Availability offer(InjectedFault fault, Optional<String> target, Dashboard dashboard) {
        Optional<EngineView> view = dashboard.docker().view();
        if (dashboard.docker() instanceof DockerStatus.Silent silent) {
            return new Availability.Impossible(silent.failure().message());
        }
        if (view.isEmpty()) {
            return new Availability.Impossible("Docker has not been asked yet");
        }
        Optional<String> missing = means.missing(fault);
        if (missing.isPresent()) {
            return new Availability.Impossible(missing.get());
        }
        ClusterPlaces places = new ClusterPlaces(dashboard, view.get());
        return switch (fault.on()) {
            case MEMBER -> onMember(fault, target, places, view.get());
            case DCS -> onPlace(fault, target, places.dcs(), "no DCS is seen in Docker beside the members");
            case PROXY -> onPlace(fault, target, places.proxies(), "no HAProxy is seen in Docker beside the members");
        };
    }

    @Override
    public List<String> choices(InjectedFault fault, Dashboard dashboard) {
        List<Action.Inject.Place> places = dashboard
                .docker()
                .view()
                .map(view -> new ClusterPlaces(dashboard, view))
                .map(all -> fault.on() == InjectedFault.On.DCS ? all.dcs() : all.proxies())
                .orElse(List.of());
        return places.size() < 2
                ? List.of()
                : places.stream().map(Action.Inject.Place::container).toList();
    }

    private Availability onMember(InjectedFault fault, Optional<String> target, ClusterPlaces places, EngineView view) {
        if (target.isEmpty()) {
            return new Availability.Impossible("no member is chosen");
        }
        String member = target.get();
        Optional<Container> container = places.containerOf(member);
        if (container.isEmpty()) {
            return new Availability.Impossible(member + " runs in no container on this host ("
                    + view.engine().name() + ")");
        }
        List<String> addresses =
                switch (fault) {
                    case PARTITION_DCS -> places.dcsAddresses();
                    case PARTITION_MEMBERS -> places.others(member);
                    default -> List.of();
                };
        if (fault == InjectedFault.PARTITION_DCS && addresses.isEmpty()) {
            return new Availability.Impossible("no DCS is seen in Docker beside the members");
        }
        Action.Inject.Place place =
                new Action.Inject.Place(container.get().id(), container.get().name(), Optional.empty(), 1, addresses);
        return possible(fault, place, target, fault.text(member));
    }

    private Availability onPlace(
            InjectedFault fault, Optional<String> wanted, List<Action.Inject.Place> all, String none) {
        List<Action.Inject.Place> places = chosen(wanted, all);
        if (all.isEmpty()) {
            return new Availability.Impossible(none);
        }
        if (places.isEmpty()) {
            return new Availability.Impossible("there is no " + wanted.orElse("") + " among " + names(all));
        }
        if (places.size() > 1) {
            return new Availability.Impossible("there are several: say which of " + names(places));
        }
        Action.Inject.Place place = places.get(0);
        boolean stops = fault == InjectedFault.DCS_STOP || fault == InjectedFault.PROXY_STOP;
        boolean scales = stops && place.service().isPresent();
        if (scales && place.replicas() == 0) {
            return new Availability.Impossible("service " + place.container() + " has no replicas to take away");
        }
        if (!scales && place.containerId().isEmpty()) {
            return new Availability.Impossible(place.container() + " runs in no container on this host");
        }
        String text = all.size() > 1 ? fault.textOfOne(place.container()) : fault.text(place.container());
        return possible(fault, place, Optional.empty(), text);
    }

    /** The places that a person may have meant: the one of that name, with or without its stack's, else any like it. */
    static List<Action.Inject.Place> chosen(Optional<String> wanted, List<Action.Inject.Place> all) {
        if (wanted.isEmpty()) {
            return all;
        }
        String name = wanted.get();
        List<Action.Inject.Place> exact = all.stream()
                .filter(place ->
                        place.container().equals(name) || place.container().endsWith("_" + name))
                .toList();
        return exact.isEmpty()
                ? all.stream().filter(place -> place.container().contains(name)).toList()
                : exact;
    }

    /** The member of the DCS that leads it, by its service or container. Blocks for a bounded time. */
    public Answer<String> dcsLeader(Dashboard dashboard) {
        List<Action.Inject.Place> all = dashboard
                .docker()
                .view()
                .map(view -> new ClusterPlaces(dashboard, view).dcs())
                .orElse(List.of());
        return new EtcdLeader(access, image).among(all);
    }

    private static String names(List<Action.Inject.Place> places) {
        return String.join(
                ", ", places.stream().map(Action.Inject.Place::container).toList());
    }

    private Availability possible(
            InjectedFault fault, Action.Inject.Place place, Optional<String> member, String text) {
        Action.Inject action = new Action.Inject(fault.word(), place, member, text);
        return known.entry(id(action)).isPresent()
                ? new Availability.Impossible("it is done already: " + text)
                : new Availability.Possible(action);
    }

    @Override
    public Optional<Action> undo(Action injected) {
        return injected instanceof Action.Inject action && lasts(action)
                ? Optional.of(new Action.Mend(
                        id(action),
                        action.member(),
                        "undo " + action.fault() + " of "
                                + action.member().orElse(action.place().container())))
                : Optional.empty();
    }

    private boolean lasts(Action.Inject action) {
        return InjectedFault.named(action.fault()).map(InjectedFault::lasts).orElse(true);
    }

    @Override
    public List<Action> mending(Optional<String> member) {
        return known.entries().stream()
                .filter(each -> each.entry().owner().equals(self) || each.owner() == EntryOwner.State.ENDED)
                .map(JournalSnapshot.Known::entry)
                .filter(this::isOfThisEngine)
                .filter(entry ->
                        entry.repair() instanceof Repair.Undo || entry.member().isEmpty())
                .filter(entry -> entry.member().isEmpty() || entry.member().equals(member))
                .map(EngineFaults::mend)
                .toList();
    }

    @Override
    public List<Action> abandoned() {
        return known.entries().stream()
                .filter(each -> each.owner() == EntryOwner.State.ENDED)
                .map(JournalSnapshot.Known::entry)
                .filter(this::isOfThisEngine)
                .map(EngineFaults::mend)
                .toList();
    }

    /** The journal is a person's, who may have broken other clusters too. */
    private boolean isOfThisEngine(JournalEntry entry) {
        return entry.engine().equals(docker.place());
    }

    /** The action that mends an entry of the journal. */
    public static Action mend(JournalEntry entry) {
        return new Action.Mend(entry.id(), entry.member(), entry.repair().text());
    }

    @Override
    public List<Lever<?>> levers() {
        return List.of(new InjectLever(), new MendLever());
    }

    /** Mends an entry of the journal, whoever broke it, and removes it. */
    public synchronized Answer<String> mendNow(JournalEntry entry) {
        if (!isOfThisEngine(entry)) {
            return refused("it was broken by way of the Docker Engine at " + entry.engine()
                    + ", not of the one here: say --docker-host");
        }
        Answer<String> answer = new Repairs(docker, this::fault).make(entry.repair());
        if (answer.failure().isEmpty()) {
            forget(entry);
        }
        return answer;
    }

    @Override
    public void close() {
        own.mendAll();
        docker.close();
    }

    private void forget(JournalEntry entry) {
        journal.remove(entry.id());
        own.remove(entry.id());
        known.refresh();
    }

    private Optional<ContainerFault> fault(InjectedFault fault) {
        return switch (fault) {
            case PARTITION, PARTITION_DCS, PARTITION_MEMBERS, LOSS, BANDWIDTH, DELAY, DCS_SLOW ->
                Optional.of(new NetworkFault(fault, access, image));
            case POSTGRES_HANG, POSTGRES_KILL, PATRONI_HANG, PATRONI_KILL ->
                Optional.of(new ProcessFault(fault, access));
            case CONNECTIONS -> Optional.of(new ConnectionsFault(access));
            case DISK_FULL -> Optional.of(new DiskFullFault(access));
            case MEMORY -> Optional.of(new MemoryFault(access));
            case DISK_SLOW, DCS_STOP, DCS_FREEZE, PROXY_STOP, PROXY_FREEZE -> Optional.empty();
        };
    }

    private static String id(Action.Inject action) {
        return JournalEntry.id(
                action.fault(), action.place().service().orElse(action.place().containerId()));
    }

    private synchronized Answer<String> inject(Action.Inject action) {
        if (own.isEnding()) {
            return refused("nothing was broken: patop is ending");
        }
        // What was offered may be a moment old: another patop may have done it since.
        if (journal.entry(id(action)).isPresent()) {
            return refused("it is done already: " + action.text());
        }
        InjectedFault kind = InjectedFault.named(action.fault()).orElseThrow();
        Optional<ContainerFault> fault = fault(kind);
        Action.Inject.Place place = action.place();
        Map<String, String> before = Map.of();
        if (fault.isPresent()) {
            Answer<Map<String, String>> read = fault.get().before(place);
            if (read.value().isEmpty()) {
                return read.map(none -> "");
            }
            before = read.value().get();
        }
        Repair repair = fault.isPresent()
                ? new Repair.Undo(action.fault(), place.containerId(), place.container(), before)
                : repair(kind, place);
        JournalEntry entry = new JournalEntry(
                id(action), clock.instant(), self, docker.place(), action.member(), action.text(), repair);
        try {
            journal.write(entry);
        } catch (IOException unwritable) {
            return refused("nothing was broken, since the journal cannot be written: " + unwritable.getMessage());
        }
        own.add(entry.id());
        known.refresh();
        Map<String, String> was = before;
        Answer<String> caused = fault.map(one -> one.cause(place, was)).orElseGet(() -> stopOrFreeze(kind, place));
        if (caused.failure().isPresent()) {
            Answer<String> undone = mendNow(entry);
            return undone.failure().isPresent()
                    ? refused(caused.failure().get().message() + "; and what was begun could not be undone: "
                            + undone.failure().get().message())
                    : caused;
        }
        if (!kind.lasts()) {
            forget(entry);
        }
        return caused;
    }

    /** Leaves what was caused as it is when this process ends: the journal tells of it, and it is mended by hand. */
    public void leaveBroken() {
        own.leaveBroken();
    }

    private static Repair repair(InjectedFault kind, Action.Inject.Place place) {
        if (kind == InjectedFault.DCS_FREEZE || kind == InjectedFault.PROXY_FREEZE) {
            return new Repair.Thaw(place.containerId(), place.container());
        }
        return place.service()
                .<Repair>map(service -> new Repair.Scale(service, Math.max(1, place.replicas())))
                .orElseGet(() -> new Repair.Start(place.containerId(), place.container()));
    }

    private Answer<String> stopOrFreeze(InjectedFault kind, Action.Inject.Place place) {
        if (kind == InjectedFault.DCS_FREEZE || kind == InjectedFault.PROXY_FREEZE) {
            return docker.pause(place.containerId()).map(done -> "");
        }
        return place.service()
                .map(service -> docker.scale(service, 0).map(done -> ""))
                .orElseGet(() -> docker.stop(place.containerId(), GRACE).map(done -> ""));
    }

    private static Answer<String> refused(String why) {
        return new Answer.Missing<>(new Failure(Failure.Kind.REJECTED, why), Duration.ZERO);
    }

    private final class InjectLever implements Lever<Action.Inject> {
        @Override
        public Class<Action.Inject> takes() {
            return Action.Inject.class;
        }

        @Override
        public CompletableFuture<Answer<String>> carryOut(Action.Inject action, Consumer<String> steps) {
            return CompletableFuture.completedFuture(inject(action));
        }
    }

    private final class MendLever implements Lever<Action.Mend> {
        @Override
        public Class<Action.Mend> takes() {
            return Action.Mend.class;
        }

        @Override
        public CompletableFuture<Answer<String>> carryOut(Action.Mend action, Consumer<String> steps) {
            return CompletableFuture.completedFuture(journal.entry(action.entry())
                    .map(this::mend)
                    .orElseGet(
                            () -> new Answer.Given<>("there is no such entry in the journal any more", Duration.ZERO)));
        }

        private Answer<String> mend(JournalEntry entry) {
            boolean others = !entry.owner().equals(self) && journal.state(entry) == EntryOwner.State.RUNNING;
            return others
                    ? refused("patop " + entry.owner().pid() + " broke it, runs, and mends it by itself")
                    : mendNow(entry);
        }
    }
}
