package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.haproxy.ProxyCommand;

/** Runs commands on the HAProxies that are watched. */
public interface ProxyConsole {

    /**
     * Runs one, and waits a bounded time.
     *
     * @param proxy how it is asked, without passwords
     * @return what it said, often nothing; or why it could not be asked
     */
    Answer<String> run(String proxy, ProxyCommand command);
}
