package io.patop.sim.postgres;

import io.patop.sim.core.Node;
import io.patop.sim.core.Postgres;
import io.patop.sim.core.ServerVersion;
import io.patop.sim.core.Simulation;
import java.util.Locale;

/** The settings of a simulated PostgreSQL that SHOW and current_setting return. */
final class DatabaseSettings {
    private DatabaseSettings() {}

    static String of(Simulation world, Node node, String name) throws SqlFailure {
        Postgres postgres = node.postgres;
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "server_version" -> ServerVersion.TEXT;
            case "server_version_num" -> "" + ServerVersion.NUMBER;
            case "transaction_read_only", "in_hot_standby" -> postgres.inRecovery ? "on" : "off";
            case "default_transaction_read_only" -> "off";
            case "transaction_isolation", "transaction_isolation_level", "default_transaction_isolation" ->
                "read committed";
            case "synchronous_commit" -> "on";
            case "synchronous_standby_names" ->
                postgres.commit == Postgres.Commit.ANY ? "*" : String.join(",", postgres.synchronousStandbys);
            case "cluster_name" -> world.options().scope();
            case "application_name", "search_path" -> name.equals("search_path") ? "\"$user\", public" : "";
            case "timezone", "time_zone" -> "UTC";
            case "client_encoding", "server_encoding" -> "UTF8";
            case "standard_conforming_strings", "integer_datetimes" -> "on";
            case "max_connections" -> "100";
            case "port" -> "" + node.address.databasePort();
            default -> throw new SqlFailure("42704", "unrecognized configuration parameter \"" + name + '"');
        };
    }
}
