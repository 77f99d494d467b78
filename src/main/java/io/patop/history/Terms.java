package io.patop.history;

import java.util.Arrays;

/** When each server accepted its last write, how many it accepted, and who was next: its term as the primary. */
final class Terms {

    private final OperationHistory history;
    /** Index of each server's last accepted write; negative if it accepted none. */
    private final int[] last;
    /** Position of each accepted write among those of its server, by index of the operation. */
    private final int[] position;

    private final int[] count;

    private Terms(OperationHistory history) {
        this.history = history;
        this.last = new int[history.servers()];
        this.count = new int[history.servers()];
        this.position = new int[history.size()];
        Arrays.fill(last, -1);
    }

    static Terms of(OperationHistory history) {
        Terms terms = new Terms(history);
        for (int at = 0; at < history.size(); at++) {
            if (history.isAcceptedWrite(at)) {
                int server = history.server(at);
                terms.last[server] = at;
                terms.position[at] = ++terms.count[server];
            }
        }
        return terms;
    }

    /**
     * Returns whether a change of leader may lose this write: the one that ended its server's term. A server that was
     * only restarted must lose nothing.
     */
    boolean isAtRisk(int write, Claims claims) {
        int server = history.server(write);
        if (server < 0 || last[server] < 0) {
            return claims.isAtRisk(0, 0);
        }
        int end = last[server];
        int next = nextWrite(server, history.size());
        boolean restarted = next >= 0 && isSameAddress(end, next);
        return !restarted
                && claims.isAtRisk(history.completed(end) - history.completed(write), count[server] - position[write]);
    }

    private boolean isSameAddress(int write, int other) {
        String address = history.get(write).server().orElseThrow().text();
        return history.get(other).server().orElseThrow().text().equals(address);
    }

    /** Returns the first write, before the operation {@code until}, that another server accepted after this one. */
    int nextWrite(int server, int until) {
        if (server < 0 || last[server] < 0) {
            return -1;
        }
        for (int at = last[server] + 1; at < until; at++) {
            if (history.isAcceptedWrite(at) && history.server(at) != server) {
                return at;
            }
        }
        return -1;
    }
}
