package io.patop.control;

import io.patop.haproxy.ProxyCommand;
import io.patop.haproxy.ServerName;
import java.util.function.Function;

/** The actions on a server of HAProxy that need no number. */
public enum ServerAction {
    /** Maintenance: no new sessions and no checks. */
    DISABLE("disable server %s", ProxyCommand::disable),
    /** Ends maintenance. */
    ENABLE("enable server %s", ProxyCommand::enable),
    /** Drain: sessions continue, new ones go elsewhere. */
    DRAIN("drain server %s", ProxyCommand::drain),
    /** Maintenance, by the newer command. */
    MAINT("put server %s into maintenance", ProxyCommand::maint),
    /** Ends maintenance or drain. */
    READY("set server %s ready", ProxyCommand::ready),
    /** Back to the weight of the configuration. */
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

    /** The text of what will be done to the server of that name. */
    public String text(String server) {
        return String.format(words, server);
    }

    /** The command for that server. */
    public ProxyCommand on(ServerName server) {
        return command.apply(server);
    }
}
