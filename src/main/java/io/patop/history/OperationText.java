package io.patop.history;

import io.patop.history.Operation.Insert;
import io.patop.history.Operation.NumbersRead;
import io.patop.history.Operation.Route;
import io.patop.history.Operation.SumRead;
import io.patop.history.Operation.Transfer;
import io.patop.probe.Outcome;
import io.patop.probe.Server;
import java.time.Duration;
import java.util.Locale;

/** An operation as one line. */
public final class OperationText {

    private static final int LONGEST = 48;

    private OperationText() {}

    /** Returns e.g. {@code 12.345 s  client 2  insert 17: acknowledged by 10.0.0.2:5432, 12.349 s}. */
    public static String of(Operation operation) {
        return String.format(
                Locale.ROOT,
                "%9s  client %d  %s, %s",
                time(operation.invoked()),
                operation.client(),
                action(operation),
                time(operation.completed()));
    }

    /** Returns the time since the history's beginning, e.g. {@code 12.345 s}. */
    public static String time(Duration since) {
        return time(since.toNanos() / 1000);
    }

    private static String time(long micros) {
        return String.format(Locale.ROOT, "%.3f s", micros / 1_000_000.0);
    }

    private static String action(Operation operation) {
        String by = operation
                .server()
                .map(Server::text)
                .map(server -> " by " + server)
                .orElse("");
        String from = operation.route() == Route.LEADER ? "the leader" : "a replica";
        String answer = operation.outcome() == Outcome.ACKNOWLEDGED ? "answered" + by : "no answer";
        return operation.action().choose(new Operation.Cases<>() {
            @Override
            public String insert(Insert insert) {
                return "insert " + insert.number() + ": " + operation.outcome().text() + by;
            }

            @Override
            public String transfer(Transfer transfer) {
                return "move " + transfer.amount() + " from account " + transfer.from() + " to " + transfer.to() + ": "
                        + operation.outcome().text() + by;
            }

            @Override
            public String numbersRead(NumbersRead read) {
                return "numbers above " + read.above() + " at " + from + ": "
                        + shortened(read.numbers().toString()) + ", " + answer;
            }

            @Override
            public String sumRead(SumRead read) {
                return "sum of the accounts at " + from + ": " + read.sum() + ", " + answer;
            }
        });
    }

    /** Keeps the end of a long set: what is missing is mostly recent. */
    private static String shortened(String numbers) {
        if (numbers.length() <= LONGEST) {
            return numbers.isEmpty() ? "none" : numbers;
        }
        int cut = numbers.indexOf(", ", numbers.length() - LONGEST);
        return "… " + numbers.substring(cut < 0 ? numbers.length() - LONGEST : cut + 2);
    }
}
