package io.patop.history;

import java.util.List;
import java.util.Map;

/**
 * What the checker found in a history.
 *
 * @param anomalies the first of each kind
 * @param totals how many of each kind there are altogether, by kind
 * @param operations the number of operations that were checked
 */
public record CheckResult(List<Anomaly> anomalies, Map<Anomaly.Kind, Long> totals, int operations) {

    public CheckResult {
        anomalies = List.copyOf(anomalies);
        totals = Map.copyOf(totals);
    }

    /** Returns the anomalies that break what the cluster's settings promise. */
    public List<Anomaly> violations() {
        return anomalies.stream().filter(Anomaly::violation).toList();
    }

    /** Returns the anomalies that the cluster's settings allow. */
    public List<Anomaly> findings() {
        return anomalies.stream().filter(anomaly -> !anomaly.violation()).toList();
    }
}
