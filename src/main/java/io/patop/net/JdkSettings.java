package io.patop.net;

/**
 * What the JDK's HTTP client and TLS read from system properties, said here once; a person's own setting goes before
 * ours. Each is read once in a process, when the first class that needs it is loaded: apply them before.
 */
public final class JdkSettings {

    private JdkSettings() {}

    /** Sets what is not set. To do so again does nothing. */
    public static void apply() {
        // We send to addresses, with the name in the header Host.
        setUnlessSet("jdk.httpclient.allowRestrictedHeaders", "host,connection");
        setUnlessSet("jdk.httpclient.redirects.retrylimit", "1");
        setUnlessSet("jdk.httpclient.disableRetryConnect", "true");
        setUnlessSet("jdk.httpclient.keepalive.timeout", "0");
        // Over TLS 1.3 Patroni ends an answer with close_notify and then waits for ours. The client of Java 17.0.15
        // sends none by itself, but waits for the connection's end; that of 17.0.21 and 25 does.
        setUnlessSet("jdk.tls.acknowledgeCloseNotify", "true");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
