package io.patop.command.shell;

import io.patop.probe.Dsn;
import io.patop.probe.Probe;
import io.patop.probe.ProbeSettings;
import io.patop.probe.SqlProbe;
import io.patop.text.Printable;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of the write probe, the same for every command that has one. */
public final class ProbeOptions {

    @Option(
            names = "--dsn",
            paramLabel = "DSN",
            defaultValue = "${env:PATOP_DSN}",
            description = "The database to write to: postgresql://USER@HOST:PORT/DB (several hosts too),"
                    + " jdbc:postgresql://…, or host=… port=… dbname=… user=…. What it leaves out comes from PGHOST,"
                    + " PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSSLMODE and the password file. [PATOP_DSN]")
    private String dsn;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "The probe's writes a second, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int rate = ProbeSettings.DEFAULT_RATE;

    @Option(
            names = "--table",
            paramLabel = "[SCHEMA.]NAME",
            defaultValue = ProbeSettings.DEFAULT_TABLE,
            description = "The probe's own table; no other is ever touched. Default: ${DEFAULT-VALUE}.")
    private String table = ProbeSettings.DEFAULT_TABLE;

    @Option(names = "--create", description = "Make the probe's table where it is missing.")
    private boolean create;

    @Option(
            names = "--read",
            paramLabel = "DSN",
            description = "Probe reads too, there: e.g. HAProxy's port of the replicas.")
    private String read;

    @Option(
            names = "--connect-timeout",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description =
                    "Bounds the probe's way to a connection, for each host; 0.1 to 60. Default: ${DEFAULT-VALUE}.")
    private double connectTimeout = 2;

    @Option(
            names = "--socket-timeout",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Bounds each answer to the probe; 0.1 to 60. Default: ${DEFAULT-VALUE}.")
    private double socketTimeout = 2;

    private boolean warned;

    /** Returns the settings; empty if no database is named. */
    public Optional<ProbeSettings> settings(Map<String, String> environment) {
        return dsn == null || dsn.isBlank() ? Optional.empty() : Optional.of(settings(dsn, environment));
    }

    /** Returns the settings; the database comes from the environment if it is not named. */
    public ProbeSettings required(Map<String, String> environment) {
        Optional<ProbeSettings> named = settings(environment);
        if (named.isPresent()) {
            return named.get();
        }
        if (!environment.containsKey("PGHOST")) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "no database is named: --dsn postgresql://USER@HOST:PORT/DATABASE, PATOP_DSN or PGHOST");
        }
        return settings("", environment);
    }

    /** Makes a probe with threads of its own. */
    public static Probe probe(ProbeSettings settings, Clock clock) {
        return new SqlProbe(settings, clock, Threads.scheduler("patop-probe"), Threads.pool("patop-sql"));
    }

    /** Returns the settings for a database. */
    public ProbeSettings settings(String text, Map<String, String> environment) {
        warnOfPasswords(environment);
        try {
            return new ProbeSettings(
                    Dsn.parse(text, environment),
                    table,
                    create,
                    rate,
                    timeout("--connect-timeout", connectTimeout),
                    timeout("--socket-timeout", socketTimeout),
                    Optional.ofNullable(read).map(from -> Dsn.parse(from, environment)),
                    Optional.empty());
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /** Warns of passwords on the command line, which everybody on the machine can read, unlike the environment. */
    private void warnOfPasswords(Map<String, String> environment) {
        boolean inArguments = Stream.of(dsn, read)
                .filter(text -> text != null && !text.equals(environment.get("PATOP_DSN")))
                .anyMatch(ProbeOptions::holdsPassword);
        if (inArguments && !warned) {
            warned = true;
            System.err.println("patop: a password on the command line can be read by everybody on this machine: use"
                    + " PGPASSWORD or ~/.pgpass");
        }
    }

    private static boolean holdsPassword(String text) {
        try {
            return Dsn.parse(text, Map.of()).hasPassword();
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }

    private static Duration timeout(String option, double seconds) {
        if (!(seconds >= 0.1 && seconds <= 60)) {
            throw new IllegalArgumentException(option + " is 0.1 to 60 seconds, not " + seconds);
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
