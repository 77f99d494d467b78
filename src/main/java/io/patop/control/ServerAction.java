package io.patop.control;

import io.patop.haproxy.ProxyCommand;
import io.patop.haproxy.ServerName;
import java.util.function.Function;

/** What can be done to a server of HAProxy without a figure to give. */
public enum ServerAction {
    /** Maintenance: no new sessions and no checks. */
    DISABLE("disable server %s", ProxyCommand::disable),
    /** Back from maintenance. */
    ENABLE("enable server %s", ProxyCommand::enable),
    /** Its sessions go on, new ones go elsewhere. */
    DRAIN("drain server %s", ProxyCommand::drain),
    /** Maintenance, by the newer command. */
    MAINT("put server %s into maintenance", ProxyCommand::maint),
    /** Back from maintenance or drain. */
    READY("set server %s ready", ProxyCommand::ready),
    /** The configuration's weight. */
    INITIAL_WEIGHT("give server %s its initial weight", ProxyCommand::initialWeight),
    /** Ends its sessions. */
    SHUTDOWN_SESSIONS("shut down all sessions of server %s", ProxyCommand::shutdownSessions);

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Function<ServerName, ProxyCommand> command;

    ServerAction(String words, Function<ServerName, ProxyCommand> command) {
        this.words = words;
        this.command = command;
    }

    /** What will be done to the server of that name. */
    public String text(String server) {
        return String.format(words, server);
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
