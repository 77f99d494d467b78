package io.patop.watch.source;

import io.patop.cluster.LogTopic;
import io.patop.docker.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The members' logs, read while a person looks at them. They are no observations: they would swell every recording,
 * and may hold what nobody wants in one. No method waits for an answer.
 */
public interface MemberLogs {

    /** Logs where there is no engine to ask, as in a replay. */
    MemberLogs NONE = new MemberLogs() {
        @Override
        public void look(Subject subject) {}

        @Override
        public Optional<Page> page() {
            return Optional.empty();
        }
    };

    /** What a person looks at. */
    sealed interface Subject {}

    /**
     * The last lines of one member's log.
     *
     * @param member its name
     */
    record Tail(String member) implements Subject {}

    /**
     * The lines of all members between two times that explain a change of leader.
     *
     * @param oldLeader who led before; it may have left the cluster
     * @param from the first time
     * @param to the last time
     */
    record Explanation(String oldLeader, Instant from, Instant to) implements Subject {}

    /**
     * What was read.
     *
     * @param subject what was looked at
     * @param at when it had been read
     * @param lines in the order of time
     * @param troubles why something is missing, a line each
     */
    record Page(Subject subject, Instant at, List<Said> lines, List<String> troubles) {
        public Page {
            lines = List.copyOf(lines);
            troubles = List.copyOf(troubles);
        }
    }

    /**
     * A line of a member's log.
     *
     * @param member whose
     * @param line as the engine has it
     * @param topic what it tells of a change of leader, if it does
     */
    record Said(String member, LogLine line, Optional<LogTopic> topic) {

        private static final Pattern TIME =
                Pattern.compile("^\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d([,.]\\d+)?\\S* ");

        /** Returns the line without the time that Patroni writes before it, if Docker has its time. */
        public String text() {
            return line.at().isPresent() ? TIME.matcher(line.text()).replaceFirst("") : line.text();
        }

        /** A line with its topic. */
        public static Said of(String member, LogLine line) {
            return new Said(member, line, LogTopic.of(line.text()));
        }
    }

    /** Tells that a person looks at this now. It is read again and again until nobody has called this for a while. */
    void look(Subject subject);

    /** What was read last. */
    Optional<Page> page();
}
