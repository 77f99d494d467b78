package io.patop.net;

/**
 * Sets the system properties that the JDK's HTTP client and TLS read; a person's own setting has priority. Each
 * property is read once in a process, when the first class that needs it is loaded, so the settings must be applied
 * before.
 */
public final class JdkSettings {

    private JdkSettings() {}

    /** Sets the properties that are not set. A second call does nothing. */
    public static void apply() {
        // Requests go to addresses, with the name in the header Host.
        setUnlessSet("jdk.httpclient.allowRestrictedHeaders", "host,connection");
        setUnlessSet("jdk.httpclient.redirects.retrylimit", "1");
        setUnlessSet("jdk.httpclient.disableRetryConnect", "true");
        setUnlessSet("jdk.httpclient.keepalive.timeout", "0");
        // Over TLS 1.3 Patroni ends an answer with close_notify and then waits for the client's. The client of Java
        // 17.0.15 sends none by itself, but waits for the connection's end; that of 17.0.21 and 25 sends it.
        setUnlessSet("jdk.tls.acknowledgeCloseNotify", "true");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
