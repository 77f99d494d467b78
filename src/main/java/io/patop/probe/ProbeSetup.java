package io.patop.probe;

import io.patop.cluster.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Prepares the first write: checks that the database takes writes and that the table is the probe's own. */
final class ProbeSetup {

    /** How long rows of earlier runs are kept. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final ProbeSettings settings;
    private final ProbeTable table;
    private final String run;
    private final Clock clock;

    /** The result of the preparation: a connection to write with and its way, or the reason why there is none. */
    sealed interface Ready {
        record Open(Connection connection, Optional<Pooler> pooler) implements Ready {}

        record Impossible(Failure why) implements Ready {}
    }

    ProbeSetup(ProbeSettings settings, String run, Clock clock) {
        this.settings = settings;
        this.table = new ProbeTable(settings.table());
        this.run = run;
        this.clock = clock;
    }

    Ready prepare() {
        try {
            Connection connection = settings.dsn().open(settings.connectTimeout(), settings.socketTimeout());
            Optional<Failure> failure = check(connection);
            if (failure.isPresent()) {
                ProbeConnections.abort(connection);
                return new Ready.Impossible(failure.get());
            }
            return new Ready.Open(connection, PoolerSearch.between(connection, settings));
        } catch (SQLException error) {
            return new Ready.Impossible(SqlFailures.failure(settings.dsn().text(), error));
        }
    }

    /** Drops the table if it is the probe's own; returns the reason if it was not dropped. */
    Optional<Failure> cleanUp() {
        try (Connection connection = settings.dsn().open(settings.connectTimeout(), settings.socketTimeout())) {
            switch (table.owner(connection)) {
                case NOBODY -> {
                    return Optional.of(new Failure(Failure.Kind.ABSENT, "there is no table " + table.name()));
                }
                case SOMEBODY_ELSE -> {
                    return Optional.of(table.isSomebodyElses());
                }
                case PROBE -> table.drop(connection);
            }
            return Optional.empty();
        } catch (SQLException error) {
            return Optional.of(SqlFailures.failure(settings.dsn().text(), error));
        }
    }

    private Optional<Failure> check(Connection connection) {
        try {
            if (ProbeTable.isReadOnly(connection)) {
                return Optional.of(new Failure(
                        Failure.Kind.REJECTED,
                        settings.dsn().text() + " takes no writes: it is a standby or read-only; name the leader's"
                                + " port of HAProxy, or all hosts with target_session_attrs=read-write"));
            }
            ProbeTable.Owner owner = table.owner(connection);
            if (owner == ProbeTable.Owner.NOBODY && settings.create()) {
                table.create(connection);
                owner = table.owner(connection);
            }
            if (owner != ProbeTable.Owner.PROBE) {
                return Optional.of(owner == ProbeTable.Owner.NOBODY ? table.isMissing() : table.isSomebodyElses());
            }
            table.forget(connection, clock.instant().minus(KEPT));
            table.rehearse(connection, run, clock.instant());
            return Optional.empty();
        } catch (SQLException error) {
            return Optional.of(SqlFailures.failure(settings.dsn().text(), error));
        }
    }
}
