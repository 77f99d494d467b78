package io.patop.watch.model;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An outage of the DCS, from its first sign. The outage itself may have begun earlier, since nodes answer from a cache
 * and tell a newer {@code dcs_last_seen} from it too (with etcd's v3 API for 17 s, seen on 4.1.4).
 *
 * @param since the first sign: the leader stepped down, or {@code /cluster} failed
 * @param hungAt when {@code /cluster} failed last: the outage lasted until then at least
 * @param hung REST addresses (host and port) on which {@code /cluster} failed; answers from other addresses may come
 *     from a cache
 * @param seenThen the time of its last contact with the DCS that each node told after {@code /cluster} had failed on
 *     it
 * @param readers members whose PostgreSQL ran during the outage
 * @param writers members that ran as primary after the outage was known
 * @param answersSince since when {@code /cluster} answers without a failure, on addresses where it never failed
 */
public record DcsOutage(
        Instant since,
        Instant hungAt,
        Set<String> hung,
        Map<String, Instant> seenThen,
        Set<String> readers,
        Set<String> writers,
        Optional<Instant> answersSince) {

    public DcsOutage {
        hung = Set.copyOf(hung);
        seenThen = Map.copyOf(seenThen);
        readers = Collections.unmodifiableSet(new TreeSet<>(readers));
        writers = Collections.unmodifiableSet(new TreeSet<>(writers));
    }

    public static DcsOutage begun(Instant since) {
        return new DcsOutage(
                since, since, Set.of(), Map.of(), new TreeSet<String>(), new TreeSet<String>(), Optional.empty());
    }

    /**
     * The outage after {@code /cluster} failed at that address. What the members there told of the DCS before is
     * dropped, since it may have come from a cache.
     */
    public DcsOutage failedOn(String address, Instant at, Set<String> membersThere) {
        Set<String> all = new HashSet<>(hung);
        all.add(address);
        Map<String, Instant> fewer = new HashMap<>(seenThen);
        fewer.keySet().removeAll(membersThere);
        return new DcsOutage(since, at, all, fewer, readers, writers, Optional.empty());
    }

    public DcsOutage seen(String member, Instant dcsLastSeen) {
        Map<String, Instant> more = new HashMap<>(seenThen);
        more.putIfAbsent(member, dcsLastSeen);
        return new DcsOutage(since, hungAt, hung, more, readers, writers, answersSince);
    }

    public DcsOutage served(String member, boolean written) {
        SortedSet<String> read = new TreeSet<>(readers);
        read.add(member);
        SortedSet<String> wrote = new TreeSet<>(writers);
        if (written) {
            wrote.add(member);
        }
        return new DcsOutage(since, hungAt, hung, seenThen, read, wrote, answersSince);
    }

    /** The outage after a monitoring gap: it is measured from the gap's end. */
    public DcsOutage unwatched(Instant until) {
        return new DcsOutage(
                until, until, hung, Map.of(), new TreeSet<String>(), new TreeSet<String>(), Optional.empty());
    }

    public DcsOutage answers(Instant at) {
        return new DcsOutage(since, hungAt, hung, seenThen, readers, writers, Optional.of(answersSince.orElse(at)));
    }
}
