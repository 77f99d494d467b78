package io.patop.drill.random;

import io.patop.history.NumberSet;
import io.patop.history.Operation.Action;
import io.patop.history.Operation.Insert;
import io.patop.history.Operation.NumbersRead;
import io.patop.history.Operation.Route;
import io.patop.history.Operation.SumRead;
import io.patop.history.Operation.Transfer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** What the clients of a random drill do, and the statements for it. For any thread. */
public final class ClientWork {

    /** How many accounts there are, numbered from 1. */
    public static final int ACCOUNTS = 8;

    /** The balance that each account begins with. */
    public static final long BALANCE = 1000;

    /** How many of the latest numbers a read asks for, so that a long run's reads stay small. */
    private static final long WINDOW = 300;

    private static final int LARGEST_AMOUNT = 20;

    private final AtomicLong numbers = new AtomicLong();
    private final String suffix;

    /** One thing that a client does next, and where. */
    public record Task(Route route, Action action) {}

    /**
     * Work on tables of its own.
     *
     * @param suffix the end of the tables' names: lower-case letters and digits
     */
    public ClientWork(String suffix) {
        if (!suffix.matches("[a-z0-9]{1,20}")) {
            throw new IllegalArgumentException("a suffix has letters and digits, not " + suffix);
        }
        this.suffix = suffix;
    }

    /** Draws what to do next: half of it are writes of numbers. */
    public Task next(Random random) {
        int drawn = random.nextInt(100);
        if (drawn < 50) {
            return new Task(Route.LEADER, new Insert(numbers.incrementAndGet()));
        }
        if (drawn < 65) {
            return new Task(Route.LEADER, transfer(random));
        }
        if (drawn < 92) {
            return new Task(drawn < 82 ? Route.LEADER : Route.REPLICA, new NumbersRead(limit(), NumberSet.EMPTY));
        }
        return new Task(drawn < 96 ? Route.LEADER : Route.REPLICA, new SumRead(0));
    }

    /** Returns the limit above which a read asks for numbers. */
    private long limit() {
        return Math.max(0, numbers.get() - WINDOW);
    }

    /** Draws a transfer between two accounts. */
    private static Transfer transfer(Random random) {
        int from = 1 + random.nextInt(ACCOUNTS);
        int to = 1 + (from + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        return new Transfer(from, to, 1 + random.nextInt(LARGEST_AMOUNT));
    }

    /** Returns the sum of all accounts, which no transfer changes. */
    public static long total() {
        return ACCOUNTS * BALANCE;
    }

    private String numbersTable() {
        return "patop_numbers_" + suffix;
    }

    private String accountsTable() {
        return "patop_accounts_" + suffix;
    }

    // In the statements ? stands for a parameter, as in JDBC.

    public String createNumbers() {
        return "CREATE TABLE " + numbersTable()
                + " (patop_run text NOT NULL, patop_number bigint NOT NULL, patop_written_at timestamptz NOT NULL)";
    }

    public String createAccounts() {
        return "CREATE TABLE " + accountsTable() + " (patop_account bigint PRIMARY KEY, patop_balance bigint NOT NULL)";
    }

    /** Removes both tables, a statement each. */
    public List<String> removeTables() {
        return tables().stream().map(table -> "DROP TABLE " + table).toList();
    }

    /** Returns the names of both tables. */
    public List<String> tables() {
        return List.of(numbersTable(), accountsTable());
    }

    /** Opens an account: its number, its balance. */
    public String openAccount() {
        return "INSERT INTO " + accountsTable() + " (patop_account, patop_balance) VALUES (?, ?)";
    }

    /** Inserts a number: the run's name, the number, the time. */
    public String insert() {
        return "INSERT INTO " + numbersTable() + " (patop_run, patop_number, patop_written_at) VALUES (?, ?, ?)";
    }

    /** Adds to an account: the amount, the account. */
    public String add() {
        return "UPDATE " + accountsTable() + " SET patop_balance = patop_balance + ? WHERE patop_account = ?";
    }

    /** Reads numbers: the run's name, the limit. */
    public String readNumbers() {
        return "SELECT patop_number FROM " + numbersTable()
                + " WHERE patop_run = ? AND patop_number > ? ORDER BY patop_number";
    }

    public String readSum() {
        return "SELECT sum(patop_balance) FROM " + accountsTable();
    }

    /** Asks a server who it is: address, port, time of its start. */
    public String identify() {
        return "SELECT inet_server_addr(), inet_server_port(), pg_postmaster_start_time()";
    }

    /** Returns the run's name in its rows. */
    public String run() {
        return suffix;
    }
}
