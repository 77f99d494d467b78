package io.patop.watch.source;

import io.patop.cluster.NodeStatus;
import io.patop.patroni.ApiUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which members answer at the seeds. Members publish addresses that may be out of reach from here (containers behind
 * mapped ports), while the seeds are not; nodes of Patroni 3.2 and later tell their names there. Used by one thread.
 */
final class SeedNames {

    /** How often a seed is asked that may be the way to a member who does not answer. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Map<ApiUrl, NodeStatus> said = new LinkedHashMap<>();
    private final Map<ApiUrl, Instant> askedAt = new HashMap<>();
    private final Set<ApiUrl> underWay = new HashSet<>();

    /**
     * The seeds to be asked whose they are: each once, and those that no answering member claims again and again
     * while a member is missing. They count as asked. Seeds that are none any more are forgotten.
     *
     * @param seeds of now
     * @param missing whether any member does not answer
     * @param answers whether the member of that name does
     */
    List<ApiUrl> due(Collection<ApiUrl> seeds, boolean missing, Predicate<String> answers, Instant now) {
        said.keySet().retainAll(seeds);
        askedAt.keySet().retainAll(seeds);
        List<ApiUrl> due = seeds.stream()
                .filter(seed -> !underWay.contains(seed))
                .filter(seed -> !askedAt.containsKey(seed)
                        || (missing
                                && mayBeAnothers(seed, answers)
                                && Duration.between(askedAt.get(seed), now).compareTo(AGAIN) >= 0))
                .limit(RequestQueue.CROWD)
                .toList();
        due.forEach(seed -> askedAt.put(seed, now));
        underWay.addAll(due);
        return due;
    }

    /** A question that was {@link #due} has its answer, or has none. */
    void ended(ApiUrl seed) {
        underWay.remove(seed);
    }

    /** Whether no question is under way. */
    boolean areHeard() {
        return underWay.isEmpty();
    }

    /** The node at that seed has told what it is. Ignored where no seed is. */
    void heard(ApiUrl seed, NodeStatus status) {
        if (askedAt.containsKey(seed)) {
            said.put(seed, status);
        }
    }

    /** The seeds at which the member told its name when they were last asked. */
    List<ApiUrl> of(String member) {
        return said.entrySet().stream()
                .filter(seed -> seed.getValue().name().filter(member::equals).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What the nodes at the seeds told last. */
    Map<ApiUrl, NodeStatus> said() {
        return said;
    }

    private boolean mayBeAnothers(ApiUrl seed, Predicate<String> answers) {
        NodeStatus status = said.get(seed);
        return status == null || status.name().filter(answers.negate()).isPresent();
    }
}
