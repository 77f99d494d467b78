package io.patop.haproxy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One line for a stats socket.
 *
 * @param text as HAProxy reads it
 * @param changes whether it may change something: all but {@code show}, {@code get} and {@code help}
 * @param silent whether HAProxy says nothing once it has done it, so that any answer is a refusal
 */
public record ProxyCommand(String text, boolean changes, boolean silent) {

    /** The longest line; HAProxy's own buffer has 16 kB. */
    private static final int LONGEST = 4096;

    /** The greatest weight. */
    public static final int HEAVIEST = 256;

    /** How refusals begin, of versions 1.7 to 3.x; HAProxy has no other sign of them. */
    private static final Pattern REFUSAL = Pattern.compile(
            "(?i)(permission denied|unknown|no such|require|can't|cannot|could not|invalid|missing|usage|error"
                    + "|failed|unable|malformed|absolute weight|relative weight|'[^']*' expects|unsupported|only )");

    private static final Set<String> HARMLESS = Set.of("show", "get", "help");
    private static final Set<String> OF_THE_SESSION = Set.of("prompt", "quit", "exit");

    /** Checks that it is one line. */
    public ProxyCommand {
        Objects.requireNonNull(text, "text");
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("a command is one line of text");
        }
    }

    /** Why a typed line cannot be run from here; nothing if it can. */
    public static Optional<String> refusal(String line) {
        if (line.isBlank() || line.length() > LONGEST || line.chars().anyMatch(c -> c < ' ')) {
            return Optional.of("a command is one line of text");
        }
        if (line.contains("<<")) {
            return Optional.of("a payload (<<) cannot be typed here");
        }
        return parts(line).stream()
                .map(part -> part.split("\\s+", 2)[0])
                .filter(OF_THE_SESSION::contains)
                .findFirst()
                .map(word -> "\"" + word + "\" is of an interactive session; here each line has its own");
    }

    /** A line that a person typed. */
    public static ProxyCommand typed(String line) {
        boolean harmless = parts(line).stream().allMatch(part -> HARMLESS.contains(part.split("\\s+", 2)[0]));
        return new ProxyCommand(line.strip(), !harmless, false);
    }

    /** Out of maintenance. */
    public static ProxyCommand enable(ServerName server) {
        return silent("enable server " + server);
    }

    /** Into maintenance: no new sessions, no checks. */
    public static ProxyCommand disable(ServerName server) {
        return silent("disable server " + server);
    }

    /** No new sessions, while those that there are go on, and checks do. */
    public static ProxyCommand drain(ServerName server) {
        return silent("set server " + server + " state drain");
    }

    /** Into maintenance, by the newer command. */
    public static ProxyCommand maint(ServerName server) {
        return silent("set server " + server + " state maint");
    }

    /** Out of maintenance and drain. */
    public static ProxyCommand ready(ServerName server) {
        return silent("set server " + server + " state ready");
    }

    /** Another weight, 0 to 256; 0 drains. */
    public static ProxyCommand weight(ServerName server, int weight) {
        if (weight < 0 || weight > HEAVIEST) {
            throw new IllegalArgumentException("a weight is 0 to 256, not " + weight);
        }
        return silent("set weight " + server + " " + weight);
    }

    /** The weight of the configuration. */
    public static ProxyCommand initialWeight(ServerName server) {
        return silent("set weight " + server + " 100%");
    }

    /** Ends all sessions of the server. */
    public static ProxyCommand shutdownSessions(ServerName server) {
        return silent("shutdown sessions server " + server);
    }

    /** Sets all maxima back; with {@code all} all counters too. */
    public static ProxyCommand clearCounters(boolean all) {
        return silent(all ? "clear counters all" : "clear counters");
    }

    /** Whether that answer means that it was not done. */
    public boolean isRefusedBy(String answer) {
        String said = answer.strip();
        return silent ? !said.isEmpty() : REFUSAL.matcher(said).lookingAt();
    }

    private static ProxyCommand silent(String text) {
        return new ProxyCommand(text, true, true);
    }

    private static List<String> parts(String line) {
        return Arrays.stream(line.split(";", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
