package io.patop.watch.source;

import io.patop.patroni.ApiUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Which nodes are asked for {@code /cluster}. A round ends with its first answer, and ordinarily has one request,
 * since each costs a read of the DCS. A second node is asked when the first is slow or lost; never a third, because
 * a DCS that is gone makes all of them hang. Used by one thread.
 */
public final class ClusterRequests {

    /** Requests under way at a time, of all rounds. */
    static final int AT_ONCE = 2;

    /** A healthy node answers within some 30 ms (seen on 3.0.2 and 4.1.5). */
    public static final Duration SLOW = Duration.ofMillis(300);

    /** Where all answers are slow, a slow one is that many times the usual. */
    private static final int SLOWER = 3;

    /** Patroni holds a request for {@code /cluster} for retry_timeout, 10 s, when the DCS is gone (seen on 4.1.4). */
    private static final Duration RESTING = Duration.ofSeconds(10);

    /** One request for {@code /cluster}. */
    static final class Request {
        final ApiUrl url;
        private final long number;
        private final long round;

        private Request(ApiUrl url, long number, long round) {
            this.url = url;
            this.number = number;
            this.round = round;
        }
    }

    /**
     * A node that is left alone.
     *
     * @param until the time at which it has given up the request that it holds
     * @param lastSeen when it had read the DCS last, by its first word since then
     */
    private record Rest(Instant until, Optional<Instant> lastSeen) {}

    private final Set<Request> underWay = new LinkedHashSet<>();
    private final Queue<ApiUrl> candidates = new ArrayDeque<>();
    private final Map<ApiUrl, Rest> resting = new HashMap<>();
    private long number;
    private long round;
    private long answered;
    private boolean open;
    private int wanted;
    private Duration usual = Duration.ZERO;

    /** Whether a new round may begin: the last one has its answer, or nobody is left to ask in it. */
    boolean isOver() {
        return !open || inRound() == 0;
    }

    /** Begins a round that asks these in their order. */
    void begin(List<ApiUrl> order) {
        candidates.clear();
        candidates.addAll(order);
        round++;
        open = true;
        wanted = 1;
    }

    /** The next request to be made now, if there is one. */
    Optional<Request> next() {
        if (!open || inRound() >= wanted || underWay.size() >= AT_ONCE) {
            return Optional.empty();
        }
        candidates.removeIf(url -> underWay.stream().anyMatch(request -> request.url.equals(url)));
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Request request = new Request(candidates.remove(), ++number, round);
        underWay.add(request);
        return Optional.of(request);
    }

    /** The request has lasted for {@link #patience}: another node is wanted besides. */
    void slow(Request request) {
        if (underWay.contains(request) && request.round == round) {
            wanted = AT_ONCE;
        }
    }

    /** The node there does not answer for itself: if it is asked for the cluster, another is wanted besides. */
    void lost(ApiUrl url) {
        underWay.stream().filter(request -> request.url.equals(url)).findFirst().ifPresent(this::slow);
    }

    /** For so long a request is no slow one. */
    Duration patience() {
        Duration slower = usual.multipliedBy(SLOWER);
        return slower.compareTo(SLOW) > 0 ? slower : SLOW;
    }

    /** The request has ended without a usable answer. */
    void ended(Request request) {
        underWay.remove(request);
    }

    /** The request has been answered, which ends its round. Returns false if a later request was answered before. */
    boolean answered(Request request, Duration took) {
        underWay.remove(request);
        if (isOutrun(request)) {
            return false;
        }
        answered = request.number;
        usual = usual.multipliedBy(3).plus(took).dividedBy(4);
        open = false;
        return true;
    }

    /** Whether a later request has been answered already: what this one brings is older than what is known. */
    boolean isOutrun(Request request) {
        return request.number < answered;
    }

    /** The DCS hangs there: the node is asked again when it has given up the request that it still holds. */
    void rest(ApiUrl url, Instant now) {
        resting.put(url, new Rest(now.plus(RESTING), Optional.empty()));
    }

    /**
     * The node there tells when it has read the DCS last. A later time than the first that it told while it rested shows
     * that it can read it again: it is asked at once.
     */
    void dcsSeen(ApiUrl url, Instant lastSeen) {
        resting.computeIfPresent(
                url,
                (there, rest) -> rest.lastSeen().filter(lastSeen::isAfter).isPresent()
                        ? null
                        : new Rest(rest.until(), rest.lastSeen().or(() -> Optional.of(lastSeen))));
    }

    /** Those that hang. */
    Collection<ApiUrl> resting(Instant now) {
        resting.values().removeIf(rest -> !rest.until().isAfter(now));
        return resting.keySet();
    }

    private long inRound() {
        return underWay.stream().filter(request -> request.round == round).count();
    }
}
