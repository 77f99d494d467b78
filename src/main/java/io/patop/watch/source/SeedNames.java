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
 * Remembers which members answer at the seeds. Members may publish addresses that cannot be reached from here
 * (containers behind mapped ports), while the seeds can, and nodes of Patroni 3.2 and later tell their names there.
 * Used by one thread.
 */
final class SeedNames {

    /** How often a seed is asked that may lead to a member that does not answer. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Map<ApiUrl, NodeStatus> said = new LinkedHashMap<>();
    private final Map<ApiUrl, Instant> askedAt = new HashMap<>();
    private final Set<ApiUrl> underWay = new HashSet<>();

    /**
     * The seeds to ask for their names: each seed once, and, while a member is missing, those that no answering
     * member claims again and again. They count as asked. Seeds that are no longer given are forgotten.
     *
     * @param seeds the present seeds
     * @param missing whether any member does not answer
     * @param answers tells whether the member of that name answers
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

    /** Notes that a request that was {@link #due} has been answered or has failed. */
    void ended(ApiUrl seed) {
        underWay.remove(seed);
    }

    /** Whether no request is under way. */
    boolean areHeard() {
        return underWay.isEmpty();
    }

    /** Notes what the node at that address told. Ignored if it is no seed. */
    void heard(ApiUrl seed, NodeStatus status) {
        if (askedAt.containsKey(seed)) {
            said.put(seed, status);
        }
    }

    /** The seeds at which the member told its name in the last answer. */
    List<ApiUrl> of(String member) {
        return said.entrySet().stream()
                .filter(seed -> seed.getValue().name().filter(member::equals).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The last answers of the nodes at the seeds. */
    Map<ApiUrl, NodeStatus> said() {
        return said;
    }

    private boolean mayBeAnothers(ApiUrl seed, Predicate<String> answers) {
        NodeStatus status = said.get(seed);
        return status == null || status.name().filter(answers.negate()).isPresent();
    }
}
