package io.patop.probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.postgresql.jdbcurlresolver.PgPassParser;

/**
 * A database's address and login, given as a URL of PostgreSQL or JDBC, as libpq's keywords and values, or by the
 * environment variables that psql knows. Its text holds no secrets.
 */
public final class Dsn {

    /**
     * pgjdbc's logger, kept from writing to standard error, which would spoil the screen. The field keeps it from
     * being garbage-collected.
     */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    static {
        DRIVER_LOG.setLevel(Level.OFF);
    }

    /**
     * A server that is tried.
     *
     * @param name the name or address; an IPv6 address without brackets
     * @param port 1 to 65535
     */
    public record Host(String name, int port) {
        public Host {
            if (name.isBlank()) {
                throw new IllegalArgumentException("the DSN names no host");
            }
            if (name.startsWith("/") || name.startsWith("@")) {
                throw new IllegalArgumentException(
                        "a unix socket (" + name + ") cannot be used from Java: name a host that listens on TCP");
            }
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
            }
        }

        private String text() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    private final List<Host> hosts;
    private final String database;
    private final String user;
    private final Map<String, String> properties;

    /**
     * Reads a DSN.
     *
     * @param text a URL ({@code postgresql://}, {@code postgres://}, {@code jdbc:postgresql://}) or keywords and
     *     values ({@code host=… port=…}); if it is empty, everything comes from the environment
     * @param environment for {@code PGHOST}, {@code PGPASSWORD} and the like
     * @throws IllegalArgumentException if it is none; the message is one line without secrets
     */
    public static Dsn parse(String text, Map<String, String> environment) {
        return DsnText.read(text.strip(), environment);
    }

    /** A DSN with properties of the driver, which may include a password. */
    Dsn(List<Host> hosts, String database, String user, Map<String, String> properties) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("the DSN names no host");
        }
        this.hosts = List.copyOf(hosts);
        this.database = database;
        this.user = user;
        this.properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** The servers, in the order in which they are tried. */
    public List<Host> hosts() {
        return hosts;
    }

    /** The database's name. */
    public String database() {
        return database;
    }

    /** The user that logs in. */
    public String user() {
        return user;
    }

    /** A property of the driver, e.g. {@code sslmode}; never the password. */
    public Optional<String> property(String name) {
        return name.equals("password") ? Optional.empty() : Optional.ofNullable(properties.get(name));
    }

    /** Whether the DSN itself holds a password. One in a password file is not known here. */
    public boolean hasPassword() {
        return properties.containsKey("password");
    }

    /** Returns the DSN of the same database on that server only. */
    Dsn at(Server server) {
        return new Dsn(List.of(new Host(server.address(), server.port())), database, user, properties);
    }

    /**
     * Returns the DSN of PgBouncer's console there: a database of that name. It takes simple queries only, and no SET
     * from those who may only look: the driver sends none to a replication session, and does not ask a server as old
     * as that for one.
     */
    Dsn console() {
        Map<String, String> simple = new TreeMap<>(properties);
        simple.put("preferQueryMode", "simple");
        simple.put("replication", "database");
        simple.put("assumeMinServerVersion", "9.0");
        simple.remove("targetServerType");
        return new Dsn(hosts, "pgbouncer", user, simple);
    }

    /** Opens a connection, within these bounds for each server that is tried. */
    Connection open(Duration connectTimeout, Duration socketTimeout) throws SQLException {
        Properties all = new Properties();
        all.setProperty("ApplicationName", "patop probe");
        // Behind a pooler a prepared statement may be missing the next time.
        all.setProperty("prepareThreshold", "0");
        // This saves round trips when connecting.
        all.setProperty("assumeMinServerVersion", "9.6");
        // The driver remembers for 10 s which host was a standby; leaders change faster.
        all.setProperty("hostRecheckSeconds", "1");
        all.setProperty("tcpKeepAlive", "true");
        all.putAll(properties);
        all.setProperty("user", user);
        if (!hasPassword()) {
            ofPasswordFile().ifPresent(password -> all.setProperty("password", password));
        }
        all.setProperty("connectTimeout", seconds(connectTimeout));
        all.setProperty("socketTimeout", seconds(socketTimeout));
        Connection connection = DriverManager.getConnection(url(), all);
        connection.setNetworkTimeout(Runnable::run, (int) Math.max(1, socketTimeout.toMillis()));
        return connection;
    }

    /**
     * The password for the first host found in {@code PGPASSFILE} or {@code ~/.pgpass}; the driver itself looks for
     * one host only.
     */
    private Optional<String> ofPasswordFile() {
        return hosts.stream()
                .map(host -> PgPassParser.getPassword(user, host.name(), Integer.toString(host.port()), database))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The bound in whole seconds, as the driver takes it; never 0, which would mean no bound. */
    private static String seconds(Duration bound) {
        return Long.toString(Math.max(1, (bound.toMillis() + 999) / 1000));
    }

    private String url() {
        return "jdbc:postgresql://" + hosts.stream().map(Host::text).collect(Collectors.joining(",")) + "/"
                + java.net.URLEncoder.encode(database, java.nio.charset.StandardCharsets.UTF_8)
                        .replace("+", "%20");
    }

    /** The DSN without secrets: {@code user@host:port,host:port/database}. */
    public String text() {
        return user + "@" + hosts.stream().map(Host::text).collect(Collectors.joining(",")) + "/" + database;
    }

    @Override
    public String toString() {
        return text();
    }
}
