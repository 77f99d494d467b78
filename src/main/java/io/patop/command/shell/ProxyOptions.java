package io.patop.command.shell;

import io.patop.docker.EngineView;
import io.patop.haproxy.PageTrust;
import io.patop.haproxy.ProxyClient;
import io.patop.haproxy.ProxyEndpoint;
import io.patop.text.Printable;
import io.patop.watch.model.ProxyPlaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for reaching HAProxy; without them it is looked for. */
public final class ProxyOptions {

    /** A value in place of an address: no HAProxy is looked for. */
    private static final String NONE = "none";

    private static final String PASSWORD = "PATOP_HAPROXY_PASSWORD";

    @Option(
            names = "--haproxy",
            paramLabel = "WHERE",
            split = ",",
            defaultValue = "${env:PATOP_HAPROXY}",
            description = "HAProxy's stats socket or page: /path/to/socket, tcp://HOST:PORT or"
                    + " http(s)://[USER@]HOST:PORT/; the user's password is PATOP_HAPROXY_PASSWORD. Repeatable; none for"
                    + " none. Otherwise it is looked for. [PATOP_HAPROXY]")
    private List<String> places = new ArrayList<>();

    @Option(
            names = "--haproxy-cacert",
            paramLabel = "FILE",
            defaultValue = "${env:PATOP_HAPROXY_CACERT}",
            description = "PEM file of the authority of the page's certificate. [PATOP_HAPROXY_CACERT]")
    private Path authority;

    @Option(
            names = "--haproxy-insecure",
            defaultValue = "${env:PATOP_HAPROXY_INSECURE:-false}",
            description = "Take any certificate of the page. [PATOP_HAPROXY_INSECURE]")
    private boolean insecure;

    /** Returns whether a person said where HAProxy is, or that there is none. */
    public boolean isGiven() {
        return !texts().isEmpty();
    }

    /** Returns the endpoints that a person named. */
    List<ProxyEndpoint> given() {
        Optional<String> password = Optional.ofNullable(System.getenv(PASSWORD));
        return texts().stream()
                .filter(text -> !text.equals(NONE))
                .map(text -> endpoint(text, password))
                .toList();
    }

    /** Returns the HAProxies that the dashboard and other lasting sessions watch. */
    public Proxies proxies() {
        return new Proxies(
                given().stream().map(ProxyPlaces::given).toList(),
                !isGiven(),
                new PageTrust(Optional.ofNullable(authority), insecure));
    }

    private List<String> texts() {
        return places.stream()
                .filter(text -> text != null && !text.isBlank())
                .map(String::strip)
                .toList();
    }

    private static ProxyEndpoint endpoint(String text, Optional<String> password) {
        try {
            return ProxyEndpoint.parse(text, password);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    /**
     * The HAProxies to watch.
     *
     * @param given the places that a person gave
     * @param search whether others are looked for
     * @param trust trusted certificates for pages over TLS
     */
    public record Proxies(List<ProxyPlaces.Place> given, boolean search, PageTrust trust) {

        public Proxies {
            given = List.copyOf(given);
        }

        /** No HAProxy at all. */
        public static final Proxies NONE = new Proxies(List.of(), false, PageTrust.DEFAULT);

        /** Returns this endpoint and no other. */
        public static Proxies only(ProxyEndpoint endpoint) {
            return new Proxies(List.of(ProxyPlaces.given(endpoint)), false, PageTrust.DEFAULT);
        }

        public ProxyClient client(ProxyEndpoint endpoint) {
            return new ProxyClient(endpoint, trust, ProxyClient.Bounds.DEFAULT);
        }

        /** Returns the places to look at now, by what Docker shows now. */
        public List<ProxyPlaces.Place> places(Optional<EngineView> docker, boolean found) {
            return search ? ProxyPlaces.search(docker, found) : given;
        }
    }
}
