package io.patop.command.random;

import io.patop.history.Operation;
import io.patop.history.Operation.Action;
import io.patop.history.Operation.Route;
import io.patop.history.OperationHistory;
import io.patop.probe.Outcome;
import io.patop.probe.Server;
import java.time.Duration;
import java.util.Optional;

/** The history of clients that work at the same time, by one clock, which begins with it. For any thread. */
final class ClientHistory {

    private final OperationHistory.Recorder recorder = new OperationHistory.Recorder();
    private final long began = System.nanoTime();
    private long lastWrite;

    /** Returns the time since the beginning, in microseconds. */
    long micros() {
        return (System.nanoTime() - began) / 1000;
    }

    /** Adds an operation that has just been completed; they are kept in the order of their completion. */
    synchronized Operation add(
            int client, long invoked, Outcome outcome, Route route, Optional<Server> server, Action action) {
        Operation operation = new Operation(client, invoked, micros(), outcome, route, server, action);
        recorder.add(operation);
        if (operation.isWrite() && operation.isAcknowledged()) {
            lastWrite = operation.completed();
        }
        return operation;
    }

    /** Returns for how long no write has been acknowledged. */
    synchronized Duration sinceLastWrite() {
        return Duration.ofNanos((micros() - lastWrite) * 1000);
    }

    /** Returns what there is so far. */
    OperationHistory history() {
        return recorder.history();
    }
}
