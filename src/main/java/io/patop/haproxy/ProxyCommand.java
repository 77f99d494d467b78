package io.patop.haproxy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One command line for a stats socket.
 *
 * @param text the line as HAProxy reads it
 * @param changes whether it may change something: all but {@code show}, {@code get} and {@code help}
 * @param silent whether HAProxy says nothing once it has done it, so that any answer is a refusal
 */
public record ProxyCommand(String text, boolean changes, boolean silent) {

    /** Longest line; HAProxy's own buffer has 16 kB. */
    private static final int LONGEST = 4096;

    /** Largest weight. */
    public static final int HEAVIEST = 256;

    /** Matches the beginning of refusals of versions 1.7 to 3.x; HAProxy gives no other sign of them. */
    private static final Pattern REFUSAL = Pattern.compile(
            "(?i)(permission denied|unknown|no such|require|can't|cannot|could not|invalid|missing|usage|error"
                    + "|failed|unable|malformed|absolute weight|relative weight|'[^']*' expects|unsupported|only )");

    private static final Set<String> HARMLESS = Set.of("show", "get", "help");
    private static final Set<String> OF_THE_SESSION = Set.of("prompt", "quit", "exit");

    public ProxyCommand {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("a command is one line of text");
        }
    }

    /** Returns why a typed line cannot be run; empty if it can. */
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

    /** Makes a command of a line that a person typed. */
    public static ProxyCommand typed(String line) {
        boolean harmless = parts(line).stream().allMatch(part -> HARMLESS.contains(part.split("\\s+", 2)[0]));
        return new ProxyCommand(line.strip(), !harmless, false);
    }

    /** Takes a server out of maintenance. */
    public static ProxyCommand enable(ServerName server) {
        return silent("enable server " + server);
    }

    /** Puts a server into maintenance: no new sessions, no checks. */
    public static ProxyCommand disable(ServerName server) {
        return silent("disable server " + server);
    }

    /** Drains a server: no new sessions; present sessions and checks go on. */
    public static ProxyCommand drain(ServerName server) {
        return silent("set server " + server + " state drain");
    }

    /** Puts a server into maintenance by the newer command. */
    public static ProxyCommand maint(ServerName server) {
        return silent("set server " + server + " state maint");
    }

    /** Takes a server out of maintenance and drain. */
    public static ProxyCommand ready(ServerName server) {
        return silent("set server " + server + " state ready");
    }

    /** Sets the weight, 0 to 256; 0 drains. */
    public static ProxyCommand weight(ServerName server, int weight) {
        if (weight < 0 || weight > HEAVIEST) {
            throw new IllegalArgumentException("a weight is 0 to 256, not " + weight);
        }
        return silent("set weight " + server + " " + weight);
    }

    /** Sets the weight of the configuration. */
    public static ProxyCommand initialWeight(ServerName server) {
        return silent("set weight " + server + " 100%");
    }

    /** Ends all sessions of the server. */
    public static ProxyCommand shutdownSessions(ServerName server) {
        return silent("shutdown sessions server " + server);
    }

    /** Resets all maxima; with {@code all} all counters too. */
    public static ProxyCommand clearCounters(boolean all) {
        return silent(all ? "clear counters all" : "clear counters");
    }

    /** Returns whether the answer means that the command was refused. */
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
