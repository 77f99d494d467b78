package io.patop.watch;

import io.patop.haproxy.ProxyCommand;
import io.patop.haproxy.ServerName;
import java.util.function.Function;

/** What can be done to a server of HAProxy without a figure to give. */
public enum ServerOrder {
    /** Maintenance: no new sessions and no checks. */
    DISABLE("disable", ProxyCommand::disable),
    /** Back from maintenance. */
    ENABLE("enable", ProxyCommand::enable),
    /** Its sessions go on, new ones go elsewhere. */
    DRAIN("drain", ProxyCommand::drain),
    /** Maintenance, by the newer command. */
    MAINT("put into maintenance", ProxyCommand::maint),
    /** Back from maintenance or drain. */
    READY("set ready", ProxyCommand::ready),
    /** The configuration's weight. */
    INITIAL_WEIGHT("give its initial weight to", ProxyCommand::initialWeight),
    /** Ends its sessions. */
    SHUTDOWN_SESSIONS("shut down all sessions of", ProxyCommand::shutdownSessions);

    private final String verb;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Function<ServerName, ProxyCommand> command;

    ServerOrder(String verb, Function<ServerName, ProxyCommand> command) {
        this.verb = verb;
        this.command = command;
    }

    /** The verb before {@code server backend/name}. */
    public String verb() {
        return verb;
    }

    /** The command for that server. */
    public ProxyCommand on(ServerName server) {
        return command.apply(server);
    }

    /** Whether fewer sessions go to the server afterwards. */
    public boolean takesAway() {
        return this == DISABLE || this == MAINT || this == DRAIN || this == SHUTDOWN_SESSIONS;
    }
}
