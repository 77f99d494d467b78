package io.patop.net;

import java.security.Security;

/**
 * Sets the properties that the JDK's HTTP client, TLS and lookups of names read, and picocli; a person's own setting has
 * priority. Each property is read once in a process, when the first class that needs it is loaded, so the settings must
 * be applied before.
 */
public final class JdkSettings {

    private JdkSettings() {}

    /** Sets the properties that are not set. A second call changes nothing. */
    public static void apply() {
        // Requests go to addresses, with the name in the header Host.
        setUnlessSet("jdk.httpclient.allowRestrictedHeaders", "host,connection");
        setUnlessSet("jdk.httpclient.redirects.retrylimit", "1");
        setUnlessSet("jdk.httpclient.disableRetryConnect", "true");
        setUnlessSet("jdk.httpclient.keepalive.timeout", "0");
        // Over TLS 1.3 Patroni ends an answer with close_notify and then waits for the client's. The client of Java
        // 17.0.15 sends none by itself, but waits for the connection's end; that of 17.0.21 and 25 sends it.
        setUnlessSet("jdk.tls.acknowledgeCloseNotify", "true");
        // On one or two cores the client would begin a thread for each answer.
        setUnlessSet("java.util.concurrent.ForkJoinPool.common.parallelism", "2");
        // No option is of these types, and finding out how each is read takes a tenth of a start.
        setUnlessSet("picocli.converters.excludes", "java[.](time|sql)[.].*");
        keepNamesBriefly();
    }

    /**
     * Scaled services come back with new addresses, and the JVM would remember the old ones for 30 s. The launchers name
     * a file with these settings ({@code dist/java.security}), since setting them here has Java look for a logger of
     * security events in all jars, which takes a tenth of a start too.
     */
    private static void keepNamesBriefly() {
        if (System.getProperty("java.security.properties") == null) {
            Security.setProperty("networkaddress.cache.ttl", "1");
            Security.setProperty("networkaddress.cache.negative.ttl", "1");
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
