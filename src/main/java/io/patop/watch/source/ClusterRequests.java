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
 * Decides which nodes are asked for {@code /cluster}. A round ends with its first answer and usually takes one
 * request, since each costs a read of the DCS. A second node is asked when the first is slow or lost, but never a
 * third, because all of them hang when the DCS is gone. Used by one thread.
 */
public final class ClusterRequests {

    /** How many requests may be under way at once, over all rounds. */
    static final int AT_ONCE = 2;

    /**
     * Shortest time after which a request is slow. A healthy node answers within some 30 ms (seen on 3.0.2 and
     * 4.1.5).
     */
    public static final Duration SLOW = Duration.ofMillis(300);

    /** The multiple of the usual time after which a request is slow, if all answers take long. */
    private static final int SLOWER = 3;

    /**
     * How long a node is not asked after it timed out. Patroni holds a request for {@code /cluster} for
     * retry_timeout, 10 s, when the DCS is gone (seen on 4.1.4).
     */
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
     * A node that is not asked for a while.
     *
     * @param until when the node has given up the request that it holds
     * @param lastSeen its last contact with the DCS, by its first word since it rests
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

    /** Whether a new round may begin: the last one has its answer, or no request of it is under way. */
    boolean isOver() {
        return !open || inRound() == 0;
    }

    /** Begins a round that asks these nodes in this order. */
    void begin(List<ApiUrl> order) {
        candidates.clear();
        candidates.addAll(order);
        round++;
        open = true;
        wanted = 1;
    }

    /** The next request to make now, if there is one. */
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

    /** Notes that the request has lasted for {@link #patience}, so that another node is asked too. */
    void slow(Request request) {
        if (underWay.contains(request) && request.round == round) {
            wanted = AT_ONCE;
        }
    }

    /**
     * Notes that the node does not answer for itself. If it is being asked for {@code /cluster}, another node is
     * asked too.
     */
    void lost(ApiUrl url) {
        underWay.stream().filter(request -> request.url.equals(url)).findFirst().ifPresent(this::slow);
    }

    /** The time after which a request is slow. */
    Duration patience() {
        Duration slower = usual.multipliedBy(SLOWER);
        return slower.compareTo(SLOW) > 0 ? slower : SLOW;
    }

    /** Notes that the request has ended without a usable answer. */
    void ended(Request request) {
        underWay.remove(request);
    }

    /**
     * Notes that the request was answered, which ends its round. Returns false if a later request was answered
     * before.
     */
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

    /** Whether a later request has been answered already, so that this one's answer is older than what is known. */
    boolean isOutrun(Request request) {
        return request.number < answered;
    }

    /** Leaves the node alone because the DCS hangs there, until it has given up the request that it still holds. */
    void rest(ApiUrl url, Instant now) {
        resting.put(url, new Rest(now.plus(RESTING), Optional.empty()));
    }

    /**
     * Notes the last contact with the DCS that the node reports. If it is later than the first one reported while the
     * node rested, the node can read the DCS again and is asked at once.
     */
    void dcsSeen(ApiUrl url, Instant lastSeen) {
        resting.computeIfPresent(
                url,
                (there, rest) -> rest.lastSeen().filter(lastSeen::isAfter).isPresent()
                        ? null
                        : new Rest(rest.until(), rest.lastSeen().or(() -> Optional.of(lastSeen))));
    }

    /** The nodes that are left alone because the DCS hangs there. */
    Collection<ApiUrl> resting(Instant now) {
        resting.values().removeIf(rest -> !rest.until().isAfter(now));
        return resting.keySet();
    }

    private long inRound() {
        return underWay.stream().filter(request -> request.round == round).count();
    }
}
