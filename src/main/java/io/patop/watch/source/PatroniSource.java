package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.cluster.ClusterView;
import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.State;
import io.patop.patroni.ApiUrl;
import io.patop.patroni.NodeApi;
import io.patop.watch.model.Observation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks the nodes of one cluster again and again. Each tick asks one node for {@code /cluster}, since that costs a
 * read of the DCS, and each member for {@code /patroni}. From any one node it finds all others, and it follows their
 * addresses.
 *
 * <p>A node never has two requests of a kind at a time: one that hangs is skipped until its request has timed out.
 * The members of a large cluster are asked in turn ({@link RequestQueue}). All state is confined to one scheduling
 * thread, and answers are handled on it.
 */
public final class PatroniSource implements AutoCloseable {

    /** How long a member has to answer after a request that timed out, before that is told. */
    private static final Duration CONFIRMED = Duration.ofSeconds(1);

    private final NodeApi api;
    private final Seeds seeds;
    private final Observation.Sink sink;
    private final Supplier<Duration> interval;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;

    private final Map<String, AskedNode> nodes = new LinkedHashMap<>();
    private final RequestQueue turns = new RequestQueue(this::ask);
    private final ClusterRequests requests = new ClusterRequests();
    private final NodeIdentities whose = new NodeIdentities();
    private final SeedNames seedNames = new SeedNames();
    private final HistoryAndConfigSchedule slowFacts = new HistoryAndConfigSchedule();
    private Optional<ApiUrl> via = Optional.empty();
    private String leader = "";

    @SuppressWarnings("NullAway.Init") // set by start
    private ScheduledFuture<?> next;

    private Instant nextAt = Instant.MAX;

    /**
     * The addresses to begin with. They are asked for again whenever no known node answers, since all addresses may
     * have changed.
     */
    public interface Seeds {
        /** The URLs of any members, the likeliest first. */
        List<ApiUrl> urls();

        /** The URLs that a person gave for members by name, used instead of those that the members published. */
        default Map<String, ApiUrl> byMember() {
            return Map.of();
        }
    }

    /**
     * A source that does nothing until {@link #start}.
     *
     * @param api to ask nodes with
     * @param seeds to begin with
     * @param sink takes the observations
     * @param interval from tick to tick, read at each tick
     * @param clock for the observations' times
     * @param scheduler one thread, this source's own, which it shuts down when closed
     */
    public PatroniSource(
            NodeApi api,
            Seeds seeds,
            Observation.Sink sink,
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

    /** Starts asking. */
    public void start() {
        start(Duration.ZERO);
    }

    /** Starts asking after a delay, so that many sources do not ask all at once. */
    public void start(Duration delay) {
        after(delay, this::tick);
    }

    /** Moves the next tick forward if the interval has become shorter than the time left to it. */
    public void hurry() {
        onScheduler(this::rescheduleIfSooner);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void tick() {
        api.given(seeds.byMember().values());
        scheduleNext();
        if (requests.isOver()) {
            requests.begin(candidates());
            askCluster();
        }
        askSeedsForTheirNames();
        turns.due(nodes.values(), leader, interval.get(), clock.instant()).forEach(turns::take);
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

    /**
     * The addresses to ask for {@code /cluster}: the node that answered last, then those that answer for themselves,
     * then the rest, then the seeds. Nodes that are surely of this cluster come before all others, and the leader is
     * the last of them, since it is the node that a failover takes away. While nodes that answer for themselves rest,
     * the DCS hangs and their addresses are right, so no seed is asked.
     */
    private List<ApiUrl> candidates() {
        Collection<ApiUrl> resting = requests.resting(clock.instant());
        Set<ApiUrl> all = new LinkedHashSet<>();
        via.ifPresent(all::add);
        nodes.values().stream().filter(node -> node.answers).forEach(node -> all.add(node.url));
        nodes.values().forEach(node -> all.add(node.url));
        List<ApiUrl> now = seeds.urls();
        api.given(now);
        if (nodes.values().stream().noneMatch(node -> node.isOurs && node.answers && resting.contains(node.url))) {
            all.addAll(now);
        }
        all.removeAll(resting);
        Set<ApiUrl> ours = nodes.values().stream()
                .filter(node -> node.isOurs)
                .map(node -> node.url)
                .collect(Collectors.toSet());
        Optional<ApiUrl> leads = Optional.ofNullable(nodes.get(leader)).map(node -> node.url);
        return all.stream()
                .sorted(Comparator.<ApiUrl, Boolean>comparing(url -> !ours.contains(url))
                        .thenComparing(url -> leads.filter(url::equals).isPresent()))
                .toList();
    }

    private void askCluster() {
        for (Optional<ClusterRequests.Request> next = requests.next(); next.isPresent(); next = requests.next()) {
            ClusterRequests.Request request = next.get();
            after(requests.patience(), () -> {
                requests.slow(request);
                askCluster();
            });
            if (isTrusted(request.url)) {
                askClusterOf(request, false);
            } else {
                verify(request, () -> askClusterOf(request, true));
            }
        }
    }

    private void askClusterOf(ClusterRequests.Request request, boolean verified) {
        Instant asked = clock.instant();
        onAnswer(api.cluster(request.url), answer -> {
            if (sink.hasSleptSince(asked)) {
                clusterEnded(request);
                return;
            }
            answer.failure().ifPresent(failure -> clusterFailed(request, failure));
            answer.value().ifPresent(view -> {
                if (verified || isAsKnown(view)) {
                    clusterAnswered(request, answer.took(), view);
                } else {
                    verify(request, () -> clusterAnswered(request, answer.took(), view));
                }
            });
        });
    }

    private void clusterEnded(ClusterRequests.Request request) {
        requests.ended(request);
        askCluster();
    }

    /**
     * Whether the last answer from that address was of this cluster. Before any cluster is known every address is
     * trusted, and the first answer decides which cluster this is.
     */
    private boolean isTrusted(ApiUrl url) {
        boolean nobodyKnown = !whose.isKnown() && nodes.values().stream().noneMatch(node -> node.isOurs);
        return nobodyKnown || nodes.values().stream().anyMatch(node -> node.isOurs && node.url.equals(url));
    }

    /**
     * Whether any member is listed at its known address. If none is, the address has passed to another cluster, or
     * all members have moved.
     */
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

    /** Asks the same node for {@code /patroni} to learn its cluster, since {@code /cluster} does not tell that. */
    private void verify(ClusterRequests.Request request, Runnable then) {
        Instant asked = clock.instant();
        ApiUrl url = request.url;
        onAnswer(api.node(url), answer -> {
            if (sink.hasSleptSince(asked)) {
                clusterEnded(request);
                return;
            }
            Optional<String> other = answer.value().flatMap(whose::otherCluster);
            Optional<Failure> failure = other.map(why -> new Failure(Failure.Kind.STRANGER, url + ": " + why))
                    .or(answer::failure);
            other.ifPresent(why -> tellOther(url, why));
            if (failure.isPresent()) {
                clusterFailed(request, failure.get());
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

    private void clusterAnswered(ClusterRequests.Request request, Duration took, ClusterView view) {
        ApiUrl url = request.url;
        if (!requests.answered(request, took)) {
            return;
        }
        via = Optional.of(url);
        observe(new Observation.ClusterAnswered(clock.instant(), url.base(), took, view));
        leader = view.leader().map(Member::name).orElse("");
        learn(view);
        askSeedsForTheirNames();
        askSlowFacts(url, view);
    }

    private void clusterFailed(ClusterRequests.Request request, Failure failure) {
        if (failure.kind() == Failure.Kind.TIMED_OUT) {
            requests.rest(request.url, clock.instant());
        }
        if (!requests.isOutrun(request)) {
            via = via.filter(last -> !last.equals(request.url));
            observe(new Observation.ClusterFailed(clock.instant(), request.url.base(), failure));
        }
        clusterEnded(request);
    }

    private void learn(ClusterView view) {
        for (AskedNode node : nodes.values()) {
            node.isListed = false;
        }
        if (nodes.size() > ClusterView.MOST_MEMBERS) {
            forget(view);
        }
        for (Member member : view.members()) {
            Optional<ApiUrl> given = Optional.ofNullable(seeds.byMember().get(member.name()));
            given.or(() -> member.apiUrl().map(ApiUrl::new))
                    .ifPresent(url -> learn(
                            member.name(), url, member.apiUrl().map(ApiUrl::new).orElse(url)));
            Optional.ofNullable(nodes.get(member.name())).ifPresent(node -> node.isStopping = isStopping(member));
        }
    }

    private static boolean isStopping(Member member) {
        State.Kind kind = member.state().kind();
        return kind == State.Kind.STOPPED || kind == State.Kind.STOPPING;
    }

    private void learn(String member, ApiUrl url, ApiUrl published) {
        AskedNode node = nodes.get(member);
        if (node == null) {
            node = new AskedNode(member, url, published, clock.instant());
            nodes.put(member, node);
            turns.take(node);
        }
        node.isListed = true;
        node.listedAt = clock.instant();
        boolean staysAtSeed = isAtSeed(node) && (node.answers || node.published.equals(published));
        node.published = published;
        if (!node.url.equals(url) && !staysAtSeed) {
            node.move(url);
            turns.takeAnew(node);
        }
    }

    /** Whether the member is asked at a seed that has told its name, instead of at its published address. */
    private boolean isAtSeed(AskedNode node) {
        return !node.url.equals(node.published)
                && seedNames.of(node.name).contains(node.url)
                && !seeds.byMember().containsKey(node.name);
    }

    /** Drops members that are no longer listed, so that names that come and go cannot fill the memory. */
    private void forget(ClusterView view) {
        Set<String> listed = view.members().stream().map(Member::name).collect(Collectors.toSet());
        nodes.entrySet().removeIf(entry -> !entry.getValue().isAsked && !listed.contains(entry.getKey()));
    }

    private void ask(AskedNode node) {
        ApiUrl url = node.url;
        long turn = node.turn;
        Instant asked = clock.instant();
        onAnswer(api.node(url), answer -> {
            turns.ended(node, turn);
            if (sink.hasSleptSince(asked) || !node.url.equals(url)) {
                return;
            }
            boolean answersSoFar = node.answers;
            node.answers = answer.value().isPresent();
            answer.value().ifPresent(status -> answered(node, answer.took(), status));
            answer.failure().ifPresent(failure -> {
                Observation failed = new Observation.NodeFailed(clock.instant(), node.name, url.base(), failure);
                if (answersSoFar
                        && node.hasAnsweredHere
                        && !node.isStopping
                        && failure.kind() == Failure.Kind.TIMED_OUT) {
                    doubt(node, failed);
                } else {
                    tellDoubted(node, node.doubted);
                    unanswered(node, failed);
                }
            });
        });
    }

    private void answered(AskedNode node, Duration took, NodeStatus status) {
        Observation answer = new Observation.NodeAnswered(clock.instant(), node.name, node.url.base(), took, status);
        node.isOurs = isAtSeed(node) ? whose.isNamed(node.name, status) : whose.mayBe(node.name, status);
        seedNames.heard(node.url, status);
        status.dcsLastSeen().ifPresent(seen -> requests.dcsSeen(node.url, seen));
        if (!node.isOurs) {
            unanswered(node, answer);
            return;
        }
        node.hasAnsweredHere = true;
        node.untold = Optional.empty();
        node.doubted = Optional.empty();
        whose.learn(status);
        tellOthers();
        observe(answer);
    }

    /**
     * Asks again at once before a first time-out is told: while PostgreSQL starts or stops, single requests were seen
     * to hang at a node that answered others meanwhile. One that is known to stop is believed to be gone.
     */
    private void doubt(AskedNode node, Observation failed) {
        askOthers(node);
        Optional<Observation> doubted = Optional.of(failed);
        node.doubted = doubted;
        if (!node.isAsked) {
            turns.take(node);
        }
        after(CONFIRMED, () -> tellDoubted(node, doubted));
    }

    /** Asks another member for {@code /cluster} at once. */
    private void askOthers(AskedNode lost) {
        requests.lost(lost.url);
        askCluster();
    }

    /** Tells the time-out, unless the member has answered since. */
    private void tellDoubted(AskedNode node, Optional<Observation> doubted) {
        if (doubted.isPresent() && node.doubted.equals(doubted)) {
            node.doubted = Optional.empty();
            unanswered(node, doubted.get());
        }
    }

    /**
     * Notes that the member did not answer. If it never answered at its present address, nothing is reported until
     * its other addresses were tried too.
     */
    private void unanswered(AskedNode node, Observation observation) {
        askOthers(node);
        if (node.hasAnsweredHere) {
            observe(observation);
        } else {
            node.untold = Optional.of(observation);
        }
        tryElsewhere(node);
    }

    /**
     * Tries the member's other addresses: the seeds that told its name, and its published address. A seed that tells
     * another name is no longer an address of the member.
     */
    private void tryElsewhere(AskedNode node) {
        if (!seeds.byMember().containsKey(node.name)) {
            Set<ApiUrl> places = new LinkedHashSet<>(seedNames.of(node.name));
            places.add(node.published);
            if (!places.contains(node.url)) {
                node.move(node.published);
                turns.takeAnew(node);
                return;
            }
            places.remove(node.url);
            places.removeIf(place -> !node.elsewhere.add(place));
            places.forEach(place -> askElsewhere(node, place));
        }
        tellUnanswered(node);
    }

    private void askElsewhere(AskedNode node, ApiUrl place) {
        Instant asked = clock.instant();
        onAnswer(api.node(place), answer -> {
            node.elsewhere.remove(place);
            if (sink.hasSleptSince(asked)) {
                return;
            }
            answer.value().ifPresent(status -> {
                seedNames.heard(place, status);
                boolean isThere = place.equals(node.published)
                        ? whose.mayBe(node.name, status)
                        : whose.isNamed(node.name, status);
                if (isThere && !(node.answers && node.isOurs)) {
                    node.move(place);
                    answered(node, answer.took(), status);
                }
            });
            tellUnanswered(node);
        });
    }

    private void tellUnanswered(AskedNode node) {
        if (node.elsewhere.isEmpty() && seedNames.areHeard()) {
            node.untold.ifPresent(this::observe);
            node.untold = Optional.empty();
        }
    }

    /**
     * Asks the seeds for their names, since a member that does not answer may be reached at a seed that no answering
     * member claims.
     */
    private void askSeedsForTheirNames() {
        if (nodes.isEmpty()) {
            return;
        }
        boolean missing = nodes.values().stream().anyMatch(node -> node.isListed && !node.answers);
        Predicate<String> answers = name -> Optional.ofNullable(nodes.get(name))
                .filter(node -> node.answers)
                .isPresent();
        for (ApiUrl seed : seedNames.due(seeds.urls(), missing, answers, clock.instant())) {
            onAnswer(api.node(seed), answer -> {
                seedNames.ended(seed);
                answer.value().ifPresent(status -> {
                    seedNames.heard(seed, status);
                    tellOthers();
                });
                nodes.values().stream().filter(node -> node.untold.isPresent()).forEach(this::tryElsewhere);
            });
        }
    }

    private void tellOthers() {
        whose.strangers(seedNames.said()).forEach(this::tellOther);
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

    private void after(Duration delay, Runnable step) {
        ScheduledFuture<?> unused =
                scheduler.schedule(() -> onScheduler(step), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void observe(Observation observation) {
        sink.accept(observation);
        rescheduleIfSooner();
    }

    private <T> void onAnswer(CompletableFuture<Answer<T>> answer, Consumer<Answer<T>> then) {
        CompletableFuture<Void> unused = answer.thenAccept(value -> onScheduler(() -> then.accept(value)));
    }

    /** Runs the step on the scheduling thread. An exception in it is reported and does not stop the source. */
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
