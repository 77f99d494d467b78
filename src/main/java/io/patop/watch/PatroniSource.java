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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * run into its bound; of a crowd each is asked in its turn ({@link Turns}). All state is confined to one
 * scheduling thread; answers come back onto it.
 */
public final class PatroniSource implements AutoCloseable {

    /** Patroni holds a request for {@code /cluster} for retry_timeout, 10 s, when the DCS is gone (seen on 4.1.4). */
    private static final Duration HUNG_CLUSTER_REST = Duration.ofSeconds(10);

    /**
     * No request takes so long, within the bounds of the client: this process was stopped meanwhile, or its machine
     * slept. What comes after that, an answer or none, says nothing of how the node does now.
     */
    private static final Duration SLEPT = Duration.ofSeconds(10);

    private final NodeApi api;
    private final Seeds seeds;
    private final Consumer<Observation> sink;
    private final Supplier<Duration> interval;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;

    private final Map<String, AskedNode> nodes = new LinkedHashMap<>();
    private final Turns turns = new Turns(this::ask);
    private final Whose whose = new Whose();
    private final SlowFacts slowFacts = new SlowFacts();
    private final Map<ApiUrl, Instant> restingUntil = new HashMap<>();
    private Optional<ApiUrl> via = Optional.empty();
    private String leader = "";
    private boolean clusterAsked;
    private boolean seedsAsked;
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
        turns.due(nodes.values(), leader, interval.get()).forEach(turns::take);
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
        Set<ApiUrl> ours = nodes.values().stream()
                .filter(node -> node.isOurs)
                .map(node -> node.url)
                .collect(Collectors.toSet());
        List<ApiUrl> awake = new ArrayList<>(all);
        awake.removeIf(restingUntil::containsKey);
        awake.sort(Comparator.comparing(url -> !ours.contains(url)));
        return awake;
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
        boolean nobodyKnown = !whose.isKnown() && nodes.values().stream().noneMatch(node -> node.isOurs);
        return nobodyKnown || nodes.values().stream().anyMatch(node -> node.isOurs && node.url.equals(url));
    }

    /** Whether one of the members is where it was; else the address has passed on, or all have moved. */
    private boolean isAsKnown(ClusterView view) {
        return view.members().stream().anyMatch(this::isWhereItWas)
                || nodes.values().stream().noneMatch(node -> node.isOurs);
    }

    private boolean isWhereItWas(Member member) {
        AskedNode known = nodes.get(member.name());
        return known != null
                && member.apiUrl()
                        .filter(published -> known.published.equals(new ApiUrl(published)))
                        .isPresent();
    }

    /** {@code /cluster} does not tell whose it is; {@code /patroni} of the same node does. */
    private void verify(ApiUrl url, List<ApiUrl> others, Runnable then) {
        Instant asked = clock.instant();
        onAnswer(api.node(url), answer -> {
            if (hasSleptSince(asked)) {
                clusterAsked = false;
                return;
            }
            Optional<String> other = answer.value().flatMap(whose::otherCluster);
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
        if (whose.isNews(url)) {
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
        for (AskedNode node : nodes.values()) {
            node.isListed = false;
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
            ApiUrl published = member.apiUrl().map(ApiUrl::new).orElse(url.get());
            AskedNode node = nodes.get(member.name());
            if (node == null) {
                node = new AskedNode(member.name(), url.get(), published);
                nodes.put(member.name(), node);
                turns.take(node);
            }
            node.isListed = true;
            node.published = published;
            if (!node.isAtSeed && !node.url.equals(url.get())) {
                node.move(url.get());
            }
        }
    }

    /** Names that come and go without end must not fill the memory. */
    private void forget(ClusterView view) {
        Set<String> listed = view.members().stream().map(Member::name).collect(Collectors.toSet());
        nodes.entrySet().removeIf(entry -> !entry.getValue().isAsked && !listed.contains(entry.getKey()));
    }

    private void ask(AskedNode node) {
        ApiUrl url = node.url;
        Instant asked = clock.instant();
        onAnswer(api.node(url), answer -> {
            turns.ended(node);
            if (hasSleptSince(asked)) {
                return;
            }
            node.answers = answer.value().isPresent();
            answer.value().ifPresent(status -> answered(node, url, answer.took(), status));
            answer.failure().ifPresent(failure -> failed(node, url, failure));
        });
    }

    private void answered(AskedNode node, ApiUrl url, Duration took, NodeStatus status) {
        node.isOurs = whose.otherCluster(status).isEmpty()
                && status.name().filter(other -> !other.equals(node.name)).isEmpty();
        if (node.isOurs) {
            whose.learn(status);
            tellOthers();
        }
        observe(new Observation.NodeAnswered(clock.instant(), node.name, url.base(), took, status));
    }

    private void failed(AskedNode node, ApiUrl url, Failure failure) {
        Optional<ApiUrl> named = whose.seedOf(node.name).filter(seed -> !seed.equals(node.url));
        if (named.isPresent()) {
            node.url = named.get();
            node.isAtSeed = true;
            turns.take(node);
            return;
        }
        observe(new Observation.NodeFailed(clock.instant(), node.name, url.base(), failure));
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
                whose.heardAt(seed, status);
                tellOthers();
            }));
        }
    }

    private void tellOthers() {
        whose.strangers().forEach(this::tellOther);
    }

    private void askSlowFacts(ApiUrl url, ClusterView view) {
        if (!slowFacts.areDue(view, clock.instant())) {
            return;
        }
        onAnswer(api.history(url), answer -> answer.value().ifPresent(history -> {
            slowFacts.heard(history);
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
