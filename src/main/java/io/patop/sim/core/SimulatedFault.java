package io.patop.sim.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One fault or action at the simulated cluster: something that breaks it, something that heals it, or something that
 * an operator does meanwhile.
 *
 * @param kind the kind of fault
 * @param target a member's name, or {@code leader}, {@code replica} (the first by name) or {@code sync} (the
 *     first synchronous standby), decided when it happens; empty where the kind takes none
 */
public record SimulatedFault(Kind kind, Optional<String> target) {

    /** The kinds of faults, with their words in scripts. */
    public enum Kind {
        /** A clean stop (SIGTERM), as {@code docker service scale …=0}. */
        STOP("stop", Takes.MEMBER),
        /** The service is scaled to 1 again; the node has a new address. */
        START("start", Takes.MEMBER),
        /** SIGKILL of the whole node. */
        KILL("kill", Takes.MEMBER),
        /** The node accepts connections and never answers (SIGSTOP). */
        FREEZE("freeze", Takes.MEMBER),
        /** Ends a freeze. */
        THAW("thaw", Takes.MEMBER),
        /** Cut off from the DCS and from the other members; HAProxy and patop still reach it. */
        PARTITION("partition", Takes.MEMBER),
        /** Cut off from the DCS only. */
        PARTITION_DCS("partition-dcs", Takes.MEMBER),
        /** Cut off from the other members only. */
        PARTITION_MEMBERS("partition-members", Takes.MEMBER),
        /** The standby takes no more than 320 bytes a second: its lag grows. */
        SLOW("slow", Takes.MEMBER),
        /** PostgreSQL alone is killed; Patroni lives. */
        CRASH("crash", Takes.MEMBER),
        /** Undoes all that was done to the node. */
        HEAL("heal", Takes.MEMBER),
        /** The DCS is gone. */
        DCS_DOWN("dcs-down", Takes.NOTHING),
        /** The DCS accepts connections and never answers. */
        DCS_FREEZE("dcs-freeze", Takes.NOTHING),
        /** The DCS is back, with all its keys; ends a freeze too. */
        DCS_UP("dcs-up", Takes.NOTHING),
        /** HAProxy is gone. */
        PROXY_STOP("proxy-stop", Takes.NOTHING),
        /** HAProxy accepts connections and never answers. */
        PROXY_FREEZE("proxy-freeze", Takes.NOTHING),
        /** HAProxy is back; ends a freeze too. */
        PROXY_UP("proxy-up", Takes.NOTHING),
        /** The leader hands over to the member, or to any member. */
        SWITCHOVER("switchover", Takes.MEMBER_OR_NOTHING),
        /** patronictl pause. */
        PAUSE("pause", Takes.NOTHING),
        /** patronictl resume. */
        RESUME("resume", Takes.NOTHING);

        private final String word;
        private final Takes takes;

        Kind(String word, Takes takes) {
            this.word = word;
            this.takes = takes;
        }

        /** Returns the fault's word in a script. */
        public String word() {
            return word;
        }
    }

    /** The names of {@code patop break} that are others in a script. */
    private static final Map<String, String> SAME =
            Map.of("dcs-stop", Kind.DCS_DOWN.word, "disk-slow", Kind.SLOW.word, "postgres-kill", Kind.CRASH.word);

    private enum Takes {
        MEMBER,
        MEMBER_OR_NOTHING,
        NOTHING
    }

    /** Makes a fault of a member. */
    public static SimulatedFault of(Kind kind, String target) {
        return new SimulatedFault(kind, Optional.of(target));
    }

    /** Makes a fault of the cluster. */
    public static SimulatedFault of(Kind kind) {
        return new SimulatedFault(kind, Optional.empty());
    }

    /**
     * Parses {@code stop leader}, {@code dcs-down}, {@code switchover patroni2}: a word, and a member if the word
     * takes one. The names of {@code patop break} are known too, of those faults that can be simulated.
     *
     * @throws SimulationException saying what is wrong with the text
     */
    public static SimulatedFault parse(String text) throws SimulationException {
        String[] words = text.strip().split("\\s+", -1);
        String typed = words[0].toLowerCase(Locale.ROOT);
        String name = SAME.getOrDefault(typed, typed);
        Kind kind = Arrays.stream(Kind.values())
                .filter(candidate -> candidate.word.equals(name))
                .findFirst()
                .orElseThrow(() -> new SimulationException("unknown fault '" + shortened(words[0]) + "'; known: "
                        + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "))));
        if (words.length > (kind.takes == Takes.NOTHING ? 1 : 2)) {
            throw new SimulationException(
                    "too many words after '" + kind.word + "': '" + shortened(words[words.length - 1]) + "'");
        }
        if (words.length == 1 && kind.takes == Takes.MEMBER) {
            throw new SimulationException("'" + kind.word + "' needs a member: a name, leader, replica or sync");
        }
        return words.length == 1 ? of(kind) : of(kind, words[1]);
    }

    private static String shortened(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "…" : word;
    }

    /** Returns the text as in a script. */
    @Override
    public String toString() {
        return target.map(member -> kind.word + " " + member).orElse(kind.word);
    }
}
