package io.patop.probe;

import io.patop.text.Printable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the forms of a DSN: libpq's URL and its keywords and values (PostgreSQL's documentation, 34.1.1), and JDBC's
 * URL. No message repeats a text that may hold a password.
 */
final class DsnText {

    /** libpq's keywords other than host, port, dbname, user and password, with the driver's names for them. */
    private static final Map<String, String> KEYWORDS = Map.ofEntries(
            Map.entry("sslmode", "sslmode"),
            Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslpassword", "sslpassword"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("application_name", "ApplicationName"),
            Map.entry("options", "options"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("target_session_attrs", "targetServerType"));

    /** Keywords that are ignored, since the probe has options of its own for them, or the driver does not know them. */
    private static final List<String> WITHOUT_MEANING = List.of(
            "connect_timeout",
            "client_encoding",
            "fallback_application_name",
            "keepalives",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout");

    private static final Map<String, String> SESSION_ATTRIBUTES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private static final Map<String, String> VARIABLES = Map.of(
            "PGHOST", "host",
            "PGPORT", "port",
            "PGDATABASE", "dbname",
            "PGUSER", "user",
            "PGPASSWORD", "password",
            "PGSSLMODE", "sslmode",
            "PGSSLROOTCERT", "sslrootcert",
            "PGSSLCERT", "sslcert",
            "PGSSLKEY", "sslkey",
            "PGTARGETSESSIONATTRS", "target_session_attrs");

    private DsnText() {}

    static Dsn read(String text, Map<String, String> environment) {
        Map<String, String> keywords = new TreeMap<>();
        VARIABLES.forEach((variable, keyword) -> Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> keywords.put(keyword, value)));
        Map<String, String> properties = new LinkedHashMap<>();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            jdbc(text.substring("jdbc:postgresql:".length()), keywords, properties);
        } else if (lower.startsWith("postgresql://") || lower.startsWith("postgres://")) {
            url(text.substring(text.indexOf("//") + 2), keywords);
        } else if (text.contains("=")) {
            keywords.putAll(pairs(text));
        } else if (!text.isEmpty()) {
            throw new IllegalArgumentException("the DSN is none: write postgresql://USER@HOST:PORT/DATABASE,"
                    + " jdbc:postgresql://…, or host=… port=… dbname=… user=…");
        }
        return made(keywords, properties, environment);
    }

    private static Dsn made(
            Map<String, String> keywords, Map<String, String> properties, Map<String, String> environment) {
        String user = take(keywords, "user")
                .orElseGet(() -> environment.getOrDefault("USER", System.getProperty("user.name", "postgres")));
        String database = take(keywords, "dbname").orElse(user);
        Optional<String> address = take(keywords, "hostaddr");
        String names = take(keywords, "host").or(() -> address).orElse("localhost");
        List<Dsn.Host> hosts = hosts(names, take(keywords, "port").orElse(""));
        take(keywords, "password").ifPresent(password -> properties.putIfAbsent("password", password));
        keywords.forEach((keyword, value) -> {
            if (!WITHOUT_MEANING.contains(keyword)) {
                String property = Optional.ofNullable(KEYWORDS.get(keyword))
                        .orElseThrow(() -> new IllegalArgumentException("the DSN has \"" + Printable.line(keyword)
                                + "\", which is no parameter that can be used here"));
                properties.putIfAbsent(property, keyword.equals("target_session_attrs") ? attribute(value) : value);
            }
        });
        return new Dsn(hosts, database, user, properties);
    }

    private static Optional<String> take(Map<String, String> keywords, String keyword) {
        return Optional.ofNullable(keywords.remove(keyword)).filter(value -> !value.isEmpty());
    }

    private static String attribute(String value) {
        return Optional.ofNullable(SESSION_ATTRIBUTES.get(value))
                .orElseThrow(() -> new IllegalArgumentException(
                        "target_session_attrs is any, read-write, read-only, primary, standby or prefer-standby"));
    }

    /** The hosts with their ports: one port for all, or one for each. */
    private static List<Dsn.Host> hosts(String names, String ports) {
        String[] all = names.split(",", -1);
        String[] each = ports.isEmpty() ? new String[] {"5432"} : ports.split(",", -1);
        if (each.length != 1 && each.length != all.length) {
            throw new IllegalArgumentException(
                    "the DSN has " + all.length + " hosts and " + each.length + " ports: one port, or one for each");
        }
        List<Dsn.Host> hosts = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            String port = each.length == 1 ? each[0] : each[i];
            hosts.add(new Dsn.Host(unbracketed(all[i].strip()), port(port.isBlank() ? "5432" : port.strip())));
        }
        return hosts;
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("the DSN's port is no number from 1 to 65535");
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Reads libpq's URL: {@code [user[:password]@][host][:port],…[/dbname][?keyword=value&…]}. */
    private static void url(String rest, Map<String, String> keywords) {
        String[] withQuery = rest.split("\\?", 2);
        String address = withQuery[0];
        int slash = address.indexOf('/');
        String authority = slash < 0 ? address : address.substring(0, slash);
        if (slash >= 0 && slash + 1 < address.length()) {
            keywords.put("dbname", decoded(address.substring(slash + 1)));
        }
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] login = authority.substring(0, at).split(":", 2);
            keywords.put("user", decoded(login[0]));
            if (login.length == 2) {
                keywords.put("password", decoded(login[1]));
            }
        }
        servers(authority.substring(at + 1), keywords);
        if (withQuery.length == 2) {
            query(withQuery[1]).forEach((keyword, value) -> {
                boolean ssl = keyword.equals("ssl") && value.equals("true");
                keywords.put(ssl ? "sslmode" : keyword, ssl ? "require" : value);
            });
        }
    }

    private static void servers(String list, Map<String, String> keywords) {
        if (list.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String server : list.split(",", -1)) {
            int colon = server.lastIndexOf(':');
            boolean hasPort = colon >= 0 && server.indexOf(']') < colon;
            names.add(decoded(hasPort ? server.substring(0, colon) : server));
            ports.add(hasPort ? server.substring(colon + 1) : keywords.getOrDefault("port", "5432"));
        }
        keywords.put("host", String.join(",", names));
        keywords.put("port", String.join(",", ports));
    }

    /** Reads JDBC's URL. The driver's own names stay as they are. */
    private static void jdbc(String rest, Map<String, String> keywords, Map<String, String> properties) {
        String[] withQuery = rest.split("\\?", 2);
        String address = withQuery[0];
        if (address.startsWith("//")) {
            int slash = address.indexOf('/', 2);
            servers(slash < 0 ? address.substring(2) : address.substring(2, slash), keywords);
            address = slash < 0 ? "" : address.substring(slash + 1);
        }
        if (!address.isEmpty() && !address.equals("/")) {
            keywords.put("dbname", decoded(address));
        }
        if (withQuery.length == 2) {
            properties.putAll(query(withQuery[1]));
        }
        for (String name : List.of("user", "password")) {
            Optional.ofNullable(properties.remove(name)).ifPresent(value -> keywords.put(name, value));
        }
    }

    private static Map<String, String> query(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                throw new IllegalArgumentException("the DSN has a parameter without a value");
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("the DSN has a % that is no %XX", wrong);
        }
    }

    /** Reads {@code keyword = value} pairs. Values with spaces are in single quotes, and a backslash escapes. */
    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        int i = 0;
        while (i < text.length()) {
            int equals = text.indexOf('=', i);
            String keyword = equals < 0 ? "" : text.substring(i, equals).strip();
            if (!keyword.matches("[a-z_]+")) {
                throw new IllegalArgumentException("the DSN is no list of keyword=value");
            }
            i = equals + 1;
            while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            StringBuilder value = new StringBuilder();
            i = value(text, i, value);
            pairs.put(keyword, value.toString());
            while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
                i++;
            }
        }
        return pairs;
    }

    /** Reads a value from that position, and returns the position after it. */
    private static int value(String text, int from, StringBuilder value) {
        boolean quoted = from < text.length() && text.charAt(from) == '\'';
        int i = quoted ? from + 1 : from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                value.append(text.charAt(i + 1));
                i += 2;
            } else if (quoted && c == '\'') {
                return i + 1;
            } else if (!quoted && Character.isWhitespace(c)) {
                return i;
            } else {
                value.append(c);
                i++;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("the DSN has a quote that is not closed");
        }
        return i;
    }
}
