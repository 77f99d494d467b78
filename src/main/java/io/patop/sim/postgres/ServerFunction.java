package io.patop.sim.postgres;

import io.patop.sim.core.Node;
import io.patop.sim.core.ServerVersion;
import io.patop.sim.core.Simulation;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;

/** The functions without arguments that the simulated PostgreSQL knows: each tells something of the server. */
enum ServerFunction {
    INET_SERVER_ADDR(SqlType.INET, (world, node) -> node.address.host()),
    INET_SERVER_PORT(SqlType.INT4, (world, node) -> (long) node.address.databasePort()),
    PG_POSTMASTER_START_TIME(SqlType.TIMESTAMPTZ, (world, node) -> world.instant(node.postgres.startedAt)),
    PG_IS_IN_RECOVERY(SqlType.BOOL, (world, node) -> node.postgres.inRecovery),
    PG_BACKEND_PID(SqlType.INT4, (world, node) -> (long) PgMessages.BACKEND),
    NOW(SqlType.TIMESTAMPTZ, (world, node) -> world.instant(world.now())),
    VERSION(SqlType.TEXT, (world, node) -> "PostgreSQL " + ServerVersion.TEXT + " (simulated by patop)");

    private final SqlType type;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final BiFunction<Simulation, Node, Object> value;

    ServerFunction(SqlType type, BiFunction<Simulation, Node, Object> value) {
        this.type = type;
        this.value = value;
    }

    /** Returns the function of a call, e.g. {@code now()}. */
    static ServerFunction of(String call) throws SqlFailure {
        String name = call.replace("()", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(function -> function.column().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SqlFailure("42883", "function " + name + "() does not exist"));
    }

    DatabaseSession.ResultColumn column() {
        return new DatabaseSession.ResultColumn(name().toLowerCase(Locale.ROOT), type);
    }

    Object value(Simulation world, Node node) {
        return value.apply(world, node);
    }
}
