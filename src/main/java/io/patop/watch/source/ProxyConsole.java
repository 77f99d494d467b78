package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.haproxy.ProxyCommand;

/** Runs commands on the watched HAProxies. */
public interface ProxyConsole {

    /**
     * Runs a command, and waits a bounded time for its answer.
     *
     * @param proxy how it is asked, without passwords
     * @return HAProxy's answer, which is often empty; or why it could not be asked
     */
    Answer<String> run(String proxy, ProxyCommand command);
}
