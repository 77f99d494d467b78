package io.patop.watch;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.NodeApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks the nodes of one cluster, over and over: each tick one {@code /cluster}, of one node, since it costs a
 * read of the DCS, and one {@code /patroni} of each member. From any one node it finds all others, and
 * follows their addresses.
 *
 * <p>Never two requests of a kind to one node at a time: a node that hangs is skipped until its request has
 * run into its bound. Never more than {@link #AT_ONCE} of them to all nodes, and of more than {@link #CROWD}
 * members each is asked in its turn, the leader at each tick. All state is confined to one scheduling thread; answers come back onto it.
 */
public final class PatroniSource implements AutoCloseable {

    /** Patroni holds a request for {@code /cluster} for retry_timeout, 10 s, when the DCS is gone (seen on 4.1.4). */
    private static final Duration HUNG_CLUSTER_REST = Duration.ofSeconds(10);

    /** {@code /cluster} may list members without end, and each request takes a connection and a thread. */
    static final int AT_ONCE = 100;
    /**
     * No request takes so long, within the bounds of the client: this process was stopped meanwhile, or its machine
     * slept. What comes after that, an answer or none, says nothing of how the node does now.
     */
    private static final Duration SLEPT = Duration.ofSeconds(10);

    /** Up to so many members are all asked at each tick. */
    static final int CROWD = 20;

    /** Of more than that so many a second: each request costs us, and the machines there, about a millisecond of CPU. */
    static final int EACH_SECOND = 50;

    private static final Duration SLOW_FACTS_EVERY = Duration.ofSeconds(60);
    private static final Duration HISTORY_RETRY = Duration.ofSeconds(3);

    private final NodeApi api;
    private final Seeds seeds;
    private final Consumer<Observation> sink;
    private final Supplier<Duration> interval;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<ApiUrl, NodeStatus> seedsSaid = new LinkedHashMap<>();
    private final Set<ApiUrl> told = new HashSet<>();
    private Dashboard.Identity identity = new Dashboard.Identity(Optional.empty(), Optional.empty());
    private final Map<ApiUrl, Instant> restingUntil = new HashMap<>();
    private Optional<ApiUrl> via = Optional.empty();
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private int underWay;
    private String leader = "";
    private long turns;
    private boolean clusterAsked;
    private boolean seedsAsked;
    private Optional<Instant> factsAt = Optional.empty();
    private long factsTimeline;
    private long historyTimeline;
    private ScheduledFuture<?> next;
    private Instant nextAt = Instant.MAX;

    /** Where to begin. Asked again whenever no known node answers: addresses may all have changed. */
    public interface Seeds {
        /** URLs of any members, the likeliest first. */
        List<ApiUrl> urls();

        /** URLs that a person gave for members by name, instead of those that the members published. */
        default Map<String, ApiUrl> byMember() {
            return Map.of();
        }
    }

    /** A member that is to be asked as soon as fewer requests are under way. */
    private record Turn(String name, Node node) {}

    /** What is known of how to ask one member. */
    private static final class Node {
        private ApiUrl url;
        private boolean asked;
        private long turn;
        private boolean listed = true;
        private boolean answers = true;
        private boolean isOurs;
        private boolean byNamedSeed;

        private ApiUrl published;

        Node(ApiUrl url, ApiUrl published) {
            this.url = url;
            this.published = published;
        }
    }

    /**
     * A source that does nothing until {@link #start}.
     *
     * @param api to ask by
     * @param seeds to begin with
     * @param sink takes what is seen
     * @param interval from tick to tick, asked at each
     * @param clock for the observations' times
     * @param scheduler one thread, this source's own, which it shuts down when closed
     */
    public PatroniSource(
            NodeApi api,
            Seeds seeds,
            Consumer<Observation> sink,
            Supplier<Duration> interval,
            Clock clock,
            ScheduledExecutorService scheduler) {
        this.api = api;
        this.seeds = seeds;
        this.sink = sink;
        this.interval = interval;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Begins to ask. */
    public void start() {
        start(Duration.ZERO);
    }

    /** Begins to ask after a while, so that many sources don't ask all at once. */
    public void start(Duration delay) {
        ScheduledFuture<?> unused =
                scheduler.schedule(() -> onScheduler(this::tick), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Asks soon, if the interval has become shorter than what is left to the next tick. */
    public void hurry() {
        onScheduler(this::rescheduleIfSooner);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void tick() {
        scheduleNext();
        if (!clusterAsked) {
            askCluster(candidates());
        }
        askSeedsForTheirNames();
        due().forEach(turn -> askNode(turn.name(), turn.node()));
    }

    /** All who are not being asked already; of a crowd the leader, and so many of those who wait longest. */
    private List<Turn> due() {
        List<Turn> ready = nodes.entrySet().stream()
                .map(entry -> new Turn(entry.getKey(), entry.getValue()))
                .filter(turn -> !turn.node().asked && (turn.node().listed || turn.node().answers))
                .toList();
        long share = Math.max(CROWD, EACH_SECOND * interval.get().toMillis() / 1000);
        if (ready.size() <= share) {
            return ready;
        }
        return ready.stream()
                .sorted(Comparator.comparingLong(turn -> turn.name().equals(leader) ? 0 : turn.node().turn))
                .limit(share)
                .toList();
    }

    private void scheduleNext() {
        Duration wait = interval.get();
        nextAt = clock.instant().plus(wait);
        next = scheduler.schedule(() -> onScheduler(this::tick), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void rescheduleIfSooner() {
        Instant sooner = clock.instant().plus(interval.get());
        if (next != null && sooner.isBefore(nextAt) && next.cancel(false)) {
            tick();
        }
    }

    /** The node that answered last, then those that answer for themselves, then the rest, then the seeds. */
    private List<ApiUrl> candidates() {
        Set<ApiUrl> all = new LinkedHashSet<>();
        via.ifPresent(all::add);
        nodes.values().stream().filter(node -> node.answers).forEach(node -> all.add(node.url));
        nodes.values().forEach(node -> all.add(node.url));
        all.addAll(seeds.urls());
        Instant now = clock.instant();
        restingUntil.values().removeIf(until -> !until.isAfter(now));
        List<ApiUrl> awake = all.stream()
                .filter(url -> !restingUntil.containsKey(url))
                .sorted(Comparator.comparing(url -> !isTrusted(url)))
                .toList();
        return new ArrayList<>(awake);
    }

    private void askCluster(List<ApiUrl> candidates) {
        if (candidates.isEmpty()) {
            return;
        }
        clusterAsked = true;
        ApiUrl url = candidates.remove(0);
        if (isTrusted(url)) {
            askClusterOf(url, candidates, false);
        } else {
            verify(url, candidates, () -> askClusterOf(url, candidates, true));
        }
    }

    private void askClusterOf(ApiUrl url, List<ApiUrl> others, boolean verified) {
        Instant asked = clock.instant();
        onAnswer(api.cluster(url), answer -> {
            clusterAsked = false;
            if (hasSleptSince(asked)) {
                return;
            }
            answer.failure().ifPresent(failure -> clusterFailed(url, failure, others));
            answer.value().ifPresent(view -> {
                if (verified || isAsKnown(view)) {
                    clusterAnswered(url, answer.took(), view);
                } else {
                    clusterAsked = true;
                    verify(url, others, () -> {
                        clusterAsked = false;
                        clusterAnswered(url, answer.took(), view);
                    });
                }
            });
        });
    }

    /** Whether the last that was heard from there was of this cluster; the first that is heard of any makes it this. */
    private boolean isTrusted(ApiUrl url) {
        boolean nobodyKnown =
                identity.systemIdentifier().isEmpty() && nodes.values().stream().noneMatch(node -> node.isOurs);
        return nobodyKnown || nodes.values().stream().anyMatch(node -> node.isOurs && node.url.equals(url));
    }

    /** Whether one of the members is where one was; else the address has passed on, or all have moved. */
    private boolean isAsKnown(ClusterView view) {
        Set<ApiUrl> known = new HashSet<>();
        nodes.values().forEach(node -> known.add(node.published));
        return nodes.values().stream().noneMatch(node -> node.isOurs)
                || view.members().stream()
                        .flatMap(member -> member.apiUrl().map(ApiUrl::new).stream())
                        .anyMatch(known::contains);
    }

    /** {@code /cluster} does not tell whose it is; {@code /patroni} of the same node does. */
    private void verify(ApiUrl url, List<ApiUrl> others, Runnable then) {
        Instant asked = clock.instant();
        onAnswer(api.node(url), answer -> {
            if (hasSleptSince(asked)) {
                clusterAsked = false;
                return;
            }
            Optional<String> other = answer.value().flatMap(identity::otherCluster);
            Optional<Failure> failure = other.map(why -> new Failure(Failure.Kind.STRANGER, url + ": " + why))
                    .or(answer::failure);
            other.ifPresent(why -> tellOther(url, why));
            if (failure.isPresent()) {
                clusterAsked = false;
                clusterFailed(url, failure.get(), others);
            } else {
                then.run();
            }
        });
    }

    private void tellOther(ApiUrl url, String why) {
        if (told.add(url)) {
            observe(new Observation.OtherClusterFound(clock.instant(), url.base(), why));
        }
    }

    private void clusterAnswered(ApiUrl url, Duration took, ClusterView view) {
        via = Optional.of(url);
        observe(new Observation.ClusterAnswered(clock.instant(), url.base(), took, view));
        leader = view.leader().map(Member::name).orElse("");
        learn(view);
        askSlowFacts(url, view);
    }

    private void clusterFailed(ApiUrl url, Failure failure, List<ApiUrl> others) {
        via = Optional.empty();
        if (failure.kind() == Failure.Kind.TIMED_OUT) {
            restingUntil.put(url, clock.instant().plus(HUNG_CLUSTER_REST));
        }
        observe(new Observation.ClusterFailed(clock.instant(), url.base(), failure));
        askCluster(others);
    }

    private void learn(ClusterView view) {
        for (Node node : nodes.values()) {
            node.listed = false;
        }
        if (nodes.size() > ClusterView.MOST_MEMBERS) {
            forget(view);
        }
        for (Member member : view.members()) {
            Optional<ApiUrl> url = Optional.ofNullable(seeds.byMember().get(member.name()))
                    .or(() -> member.apiUrl().map(ApiUrl::new));
            if (url.isEmpty()) {
                continue;
            }
            Node node = nodes.get(member.name());
            if (node == null) {
                node = new Node(url.get(), member.apiUrl().map(ApiUrl::new).orElse(url.get()));
                nodes.put(member.name(), node);
                askNode(member.name(), node);
            }
            node.listed = true;
            node.published = member.apiUrl().map(ApiUrl::new).orElse(url.get());
            if (!node.byNamedSeed && !node.url.equals(url.get())) {
                node.url = url.get();
                node.answers = true;
                node.isOurs = false;
            }
        }
    }

    /** Names that come and go without end must not fill the memory. */
    private void forget(ClusterView view) {
        Set<String> listed = view.members().stream().map(Member::name).collect(Collectors.toSet());
        nodes.entrySet().removeIf(entry -> !entry.getValue().asked && !listed.contains(entry.getKey()));
    }

    private void askNode(String name, Node node) {
        node.asked = true;
        node.turn = ++turns;
        waiting.add(new Turn(name, node));
        askNext();
    }

    private void askNext() {
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            Turn next = waiting.remove();
            underWay++;
            ask(next.name(), next.node());
        }
    }

    private void ask(String name, Node node) {
        ApiUrl url = node.url;
        Instant asked = clock.instant();
        onAnswer(api.node(url), answer -> {
            underWay--;
            askNext();
            node.asked = false;
            Instant now = clock.instant();
            if (hasSleptSince(asked)) {
                return;
            }
            node.answers = answer.value().isPresent();
            answer.value().ifPresent(status -> {
                node.isOurs = identity.otherCluster(status).isEmpty()
                        && status.name().filter(other -> !other.equals(name)).isEmpty();
                if (node.isOurs) {
                    identity = identity.with(status);
                    tellOthers();
                }
            });
            answer.value()
                    .ifPresent(status ->
                            observe(new Observation.NodeAnswered(now, name, url.base(), answer.took(), status)));
            answer.failure().ifPresent(failure -> {
                Optional<ApiUrl> named = seedOf(name).filter(seed -> !seed.equals(node.url));
                if (named.isPresent()) {
                    node.url = named.get();
                    node.byNamedSeed = true;
                    askNode(name, node);
                    return;
                }
                observe(new Observation.NodeFailed(now, name, url.base(), failure));
            });
        });
    }

    /**
     * Members publish addresses that may be out of reach from here (containers behind mapped ports), while
     * the seeds that a person gave are not. Nodes of 3.2 and later tell their names, so each seed is asked
     * once whose it is.
     */
    private void askSeedsForTheirNames() {
        if (seedsAsked || nodes.isEmpty()) {
            return;
        }
        seedsAsked = true;
        for (ApiUrl seed : seeds.urls()) {
            onAnswer(api.node(seed), answer -> answer.value().ifPresent(status -> {
                seedsSaid.put(seed, status);
                tellOthers();
            }));
        }
    }

    private Optional<ApiUrl> seedOf(String name) {
        return seedsSaid.entrySet().stream()
                .filter(said -> said.getValue().name().filter(name::equals).isPresent())
                .filter(said -> identity.otherCluster(said.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void tellOthers() {
        seedsSaid.forEach((seed, status) -> identity.otherCluster(status).ifPresent(why -> tellOther(seed, why)));
    }

    /** History and configuration change seldom; fresh on the node that has just read the DCS for us. */
    private void askSlowFacts(ApiUrl url, ClusterView view) {
        Instant now = clock.instant();
        long timeline =
                view.leader().flatMap(Member::timeline).map(on -> on.number()).orElse(factsTimeline);
        boolean historyMissing = timeline > 1 && historyTimeline < timeline - 1;
        Duration every = timeline != factsTimeline || historyMissing ? HISTORY_RETRY : SLOW_FACTS_EVERY;
        if (factsAt.isPresent() && Duration.between(factsAt.get(), now).compareTo(every) < 0) {
            return;
        }
        factsAt = Optional.of(now);
        factsTimeline = timeline;
        onAnswer(api.history(url), answer -> answer.value().ifPresent(history -> {
            historyTimeline =
                    history.last().map(entry -> entry.timeline().number()).orElse(0L);
            observe(new Observation.HistoryAnswered(clock.instant(), url.base(), history));
        }));
        onAnswer(api.config(url), answer -> answer.value()
                .ifPresent(config -> observe(new Observation.ConfigAnswered(clock.instant(), url.base(), config))));
    }

    private boolean hasSleptSince(Instant asked) {
        return Duration.between(asked, clock.instant()).compareTo(SLEPT) > 0;
    }

    private void observe(Observation observation) {
        sink.accept(observation);
        rescheduleIfSooner();
    }

    private <T> void onAnswer(CompletableFuture<Answer<T>> answer, Consumer<Answer<T>> then) {
        CompletableFuture<Void> unused = answer.thenAccept(value -> onScheduler(() -> then.accept(value)));
    }

    /** A bug in one step is reported and does not end the watching. */
    private void onScheduler(Runnable step) {
        if (!scheduler.isShutdown()) {
            scheduler.execute(() -> {
                try {
                    step.run();
                } catch (RuntimeException bug) {
                    Thread thread = Thread.currentThread();
                    thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
                }
            });
        }
    }
}
