package io.patop.history;

import io.patop.history.Operation.Action;
import io.patop.history.Operation.Insert;
import io.patop.history.Operation.NumbersRead;
import io.patop.history.Operation.Route;
import io.patop.history.Operation.SumRead;
import io.patop.history.Operation.Transfer;
import io.patop.probe.Outcome;
import io.patop.probe.Server;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations of all clients, in the order in which they were completed. They are kept in columns of primitive
 * values: an hour of four clients is a million operations.
 */
public final class OperationHistory {

    private static final int NO_SERVER = -1;
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final Columns columns;
    private final int size;
    private final int servers;

    private OperationHistory(Columns columns, int size, int servers) {
        this.columns = columns;
        this.size = size;
        this.servers = servers;
    }

    private enum Kind {
        INSERT,
        TRANSFER,
        NUMBERS_READ,
        SUM_READ
    }

    private static final List<Kind> KINDS = List.of(Kind.values());

    /** The values of all operations; what was written once is never changed. */
    private static final class Columns {
        private final long[] invoked;
        private final long[] completed;
        private final long[] first;
        private final long[] second;
        private final byte[] form;
        private final short[] client;
        private final int[] server;
        private final List<Server> servers;
        private final List<NumberSet> reads;

        /** The columns of {@code from}, with room for {@code length} operations. */
        Columns(Columns from, int length) {
            invoked = Arrays.copyOf(from.invoked, length);
            completed = Arrays.copyOf(from.completed, length);
            first = Arrays.copyOf(from.first, length);
            second = Arrays.copyOf(from.second, length);
            form = Arrays.copyOf(from.form, length);
            client = Arrays.copyOf(from.client, length);
            server = Arrays.copyOf(from.server, length);
            servers = from.servers;
            reads = from.reads;
        }

        /** Columns of the same values, whose lists grow no more. */
        Columns(Columns from) {
            invoked = from.invoked;
            completed = from.completed;
            first = from.first;
            second = from.second;
            form = from.form;
            client = from.client;
            server = from.server;
            servers = List.copyOf(from.servers);
            reads = List.copyOf(from.reads);
        }

        Columns(int length) {
            invoked = new long[length];
            completed = new long[length];
            first = new long[length];
            second = new long[length];
            form = new byte[length];
            client = new short[length];
            server = new int[length];
            servers = new ArrayList<>();
            reads = new ArrayList<>();
        }
    }

    /** Takes the operations of a run as they are completed. For any thread. */
    public static final class Recorder {
        private static final int FIRST_LENGTH = 1024;

        private final Map<Server, Integer> numbers = new HashMap<>();
        private final Values values = new Values();
        private Columns columns = new Columns(FIRST_LENGTH);
        private int size;

        /** Adds an operation at the end. */
        public synchronized void add(Operation operation) {
            if (size == columns.invoked.length) {
                columns = new Columns(columns, size + size / 2);
            }
            columns.invoked[size] = operation.invoked();
            columns.completed[size] = operation.completed();
            columns.client[size] = (short) operation.client();
            columns.server[size] = operation.server().map(this::number).orElse(NO_SERVER);
            columns.form[size] = (byte) (KINDS.indexOf(operation.action().choose(values))
                    | OUTCOMES.indexOf(operation.outcome()) << 2
                    | (operation.route() == Route.LEADER ? 0 : 1) << 4);
            size += 1;
        }

        /** Writes the values of an action at the end; returns its kind. */
        private final class Values implements Operation.Cases<Kind> {
            @Override
            public Kind insert(Insert insert) {
                columns.first[size] = insert.number();
                return Kind.INSERT;
            }

            @Override
            public Kind transfer(Transfer transfer) {
                columns.first[size] = (long) transfer.from() << 32 | transfer.to();
                columns.second[size] = transfer.amount();
                return Kind.TRANSFER;
            }

            @Override
            public Kind numbersRead(NumbersRead read) {
                columns.first[size] = read.above();
                columns.second[size] = columns.reads.size();
                columns.reads.add(read.numbers());
                return Kind.NUMBERS_READ;
            }

            @Override
            public Kind sumRead(SumRead read) {
                columns.first[size] = read.sum();
                return Kind.SUM_READ;
            }
        }

        private int number(Server server) {
            return numbers.computeIfAbsent(server, added -> {
                columns.servers.add(added);
                return columns.servers.size() - 1;
            });
        }

        /** Returns what there is so far; what is added later does not change it. */
        public synchronized OperationHistory history() {
            Columns seen = new Columns(columns);
            return new OperationHistory(seen, size, seen.servers.size());
        }
    }

    /** Returns the history of these operations, in the order of their completion. */
    public static OperationHistory of(List<Operation> operations) {
        Recorder recorder = new Recorder();
        operations.forEach(recorder::add);
        return recorder.history();
    }

    public int size() {
        return size;
    }

    /** Returns how many different servers answered. */
    int servers() {
        return servers;
    }

    /** Returns the operation at this index, from 0. */
    public Operation get(int index) {
        return new Operation(
                columns.client[index],
                invoked(index),
                completed(index),
                outcome(index),
                isOfLeader(index) ? Route.LEADER : Route.REPLICA,
                server(index) == NO_SERVER ? Optional.empty() : Optional.of(columns.servers.get(server(index))),
                action(index));
    }

    private Action action(int index) {
        long first = columns.first[index];
        return switch (kind(index)) {
            case INSERT -> new Insert(first);
            case TRANSFER -> new Transfer((int) (first >>> 32), (int) first, columns.second[index]);
            case SUM_READ -> new SumRead(first);
            case NUMBERS_READ -> new NumbersRead(first, numbers(index));
        };
    }

    private Kind kind(int index) {
        return KINDS.get(columns.form[index] & 3);
    }

    Outcome outcome(int index) {
        return OUTCOMES.get(columns.form[index] >> 2 & 3);
    }

    boolean isAcknowledged(int index) {
        return outcome(index) == Outcome.ACKNOWLEDGED;
    }

    boolean isInsert(int index) {
        return kind(index) == Kind.INSERT;
    }

    /** Returns whether it is a write, acknowledged by a known server. */
    boolean isAcceptedWrite(int index) {
        return (kind(index) == Kind.INSERT || kind(index) == Kind.TRANSFER)
                && isAcknowledged(index)
                && server(index) != NO_SERVER;
    }

    /** Returns whether it is a read of numbers that was answered. */
    boolean isNumbersRead(int index) {
        return kind(index) == Kind.NUMBERS_READ && isAcknowledged(index);
    }

    boolean isSumRead(int index) {
        return kind(index) == Kind.SUM_READ && isAcknowledged(index);
    }

    boolean isOfLeader(int index) {
        return columns.form[index] >> 4 == 0;
    }

    long invoked(int index) {
        return columns.invoked[index];
    }

    long completed(int index) {
        return columns.completed[index];
    }

    /** Returns the number of its server, from 0; negative if none answered. */
    int server(int index) {
        return columns.server[index];
    }

    /** Returns the number of an insert, the limit of a read of numbers, or the sum that was read. */
    long value(int index) {
        return columns.first[index];
    }

    /** Returns what a read of numbers gave. */
    NumberSet numbers(int index) {
        return columns.reads.get((int) columns.second[index]);
    }
}
