package io.patop.drill.random;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One fault of a schedule.
 *
 * @param at when it begins, from the schedule's beginning
 * @param lasts when it is undone, from then on; nothing for a fault that needs no undoing
 * @param kind the kind of fault
 * @param member the member that it is done to, or {@link #LEADER}; empty for a fault of the cluster
 */
public record ScheduledFault(Duration at, Duration lasts, Kind kind, Optional<String> member) {

    /** Stands for the member that leads when the fault begins. */
    public static final String LEADER = "leader";

    /** What a fault breaks. */
    public enum Place {
        MEMBER,
        DCS,
        PROXY,
        CLUSTER
    }

    /** The kinds of faults, by the words of scripts, with the word that undoes each. */
    public enum Kind {
        STOP("stop", "start", Place.MEMBER),
        KILL("kill", "start", Place.MEMBER),
        FREEZE("freeze", "thaw", Place.MEMBER),
        PARTITION("partition", "heal", Place.MEMBER),
        PARTITION_DCS("partition-dcs", "heal", Place.MEMBER),
        PARTITION_MEMBERS("partition-members", "heal", Place.MEMBER),
        DISK_SLOW("disk-slow", "heal", Place.MEMBER),
        POSTGRES_KILL("postgres-kill", "", Place.MEMBER),
        SWITCHOVER("switchover", "", Place.CLUSTER),
        PROXY_STOP("proxy-stop", "proxy-up", Place.PROXY),
        PROXY_FREEZE("proxy-freeze", "proxy-up", Place.PROXY),
        DCS_STOP("dcs-stop", "dcs-up", Place.DCS),
        DCS_FREEZE("dcs-freeze", "dcs-up", Place.DCS),
        LOSS("loss", "heal", Place.MEMBER),
        BANDWIDTH("bandwidth", "heal", Place.MEMBER),
        POSTGRES_HANG("postgres-hang", "heal", Place.MEMBER),
        CONNECTIONS("connections", "heal", Place.MEMBER),
        PATRONI_HANG("patroni-hang", "heal", Place.MEMBER),
        PATRONI_KILL("patroni-kill", "", Place.MEMBER),
        DCS_SLOW("dcs-slow", "dcs-up", Place.DCS);

        private static final Set<Kind> SIMULATED = Collections.unmodifiableSet(EnumSet.range(STOP, DCS_FREEZE));

        private final String word;
        private final String undo;
        private final Place place;

        Kind(String word, String undo, Place place) {
            this.word = word;
            this.undo = undo;
            this.place = place;
        }

        /** Returns those that a simulated cluster can have. */
        public static Set<Kind> simulated() {
            return SIMULATED;
        }

        public String word() {
            return word;
        }

        /** Returns the word that undoes it; empty if it needs none. */
        public Optional<String> undo() {
            return Optional.of(undo).filter(known -> !known.isEmpty());
        }

        public Place place() {
            return place;
        }
    }

    public ScheduledFault {
        if (at.isNegative() || lasts.isNegative()) {
            throw new IllegalArgumentException("a fault begins and lasts no less than 0 s");
        }
        if (member.isPresent() != (kind.place == Place.MEMBER)) {
            throw new IllegalArgumentException("'" + kind.word + "' "
                    + (member.isPresent() ? "takes no member: " + member.get() : "needs a member"));
        }
    }

    /** Returns when it is undone, from the schedule's beginning. */
    public Duration end() {
        return at.plus(lasts);
    }

    /** Returns this fault, done to that member. */
    ScheduledFault with(String name) {
        return new ScheduledFault(at, lasts, kind, Optional.of(name));
    }

    /** Returns whether both break the same member, the DCS, or the proxy. */
    boolean isOfSamePlace(ScheduledFault other) {
        return kind.place == other.kind.place && member.equals(other.member);
    }

    /** Returns the fault as in a script, e.g. {@code kill patroni1}. */
    public String text() {
        return member.map(name -> kind.word + " " + name).orElse(kind.word);
    }

    /** Returns its undoing as in a script, e.g. {@code start patroni1}; empty if it needs none. */
    public Optional<String> undoText() {
        return kind.undo().map(word -> member.map(name -> word + " " + name).orElse(word));
    }
}
