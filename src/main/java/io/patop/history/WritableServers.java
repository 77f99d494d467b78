package io.patop.history;

import io.patop.history.Anomaly.Kind;
import io.patop.history.HistoryChecker.Found;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds two servers that accepted writes at the same time: one accepted a write before the other did, and another one
 * after it. A primary that steps down restarts, and is another server then.
 */
final class WritableServers {

    private final OperationHistory history;
    /** Index of the write of each server that was over first. */
    private final int[] first;
    /** Index of the write of each server that began last. */
    private final int[] last;

    private WritableServers(OperationHistory history) {
        this.history = history;
        this.first = new int[history.servers()];
        this.last = new int[history.servers()];
        Arrays.fill(first, -1);
        for (int at = 0; at < history.size(); at++) {
            if (history.isAcceptedWrite(at)) {
                note(at, history.server(at));
            }
        }
    }

    private void note(int write, int server) {
        if (first[server] < 0) {
            first[server] = write;
            last[server] = write;
        }
        if (history.completed(write) < history.completed(first[server])) {
            first[server] = write;
        }
        if (history.invoked(write) > history.invoked(last[server])) {
            last[server] = write;
        }
    }

    static void check(OperationHistory history, Found found) {
        WritableServers servers = new WritableServers(history);
        Set<Long> told = new HashSet<>();
        for (int at = 0; at < history.size(); at++) {
            if (!history.isAcceptedWrite(at)) {
                continue;
            }
            for (int other = 0; other < servers.first.length; other++) {
                long pair = (long) Math.min(other, history.server(at)) << 32 | Math.max(other, history.server(at));
                if (servers.encloses(other, at) && told.add(pair)) {
                    found.add(servers.anomaly(other, at));
                }
            }
        }
    }

    private boolean encloses(int server, int write) {
        return server != history.server(write)
                && first[server] >= 0
                && history.completed(first[server]) < history.invoked(write)
                && history.completed(write) < history.invoked(last[server]);
    }

    private Anomaly anomaly(int server, int write) {
        return HistoryChecker.anomaly(
                history,
                Kind.TWO_WRITABLE,
                true,
                history.get(last[server]).server().orElseThrow().text() + " accepted writes before and after "
                        + history.get(write).server().orElseThrow().text() + " did",
                lastBefore(server, write),
                write,
                firstAfter(server, write));
    }

    private int lastBefore(int server, int write) {
        for (int at = write - 1; at >= 0; at--) {
            if (history.isAcceptedWrite(at)
                    && history.server(at) == server
                    && history.completed(at) < history.invoked(write)) {
                return at;
            }
        }
        return first[server];
    }

    private int firstAfter(int server, int write) {
        for (int at = write + 1; at < history.size(); at++) {
            if (history.isAcceptedWrite(at)
                    && history.server(at) == server
                    && history.invoked(at) > history.completed(write)) {
                return at;
            }
        }
        return last[server];
    }
}
