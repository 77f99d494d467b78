package io.patop.command.live;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.ProxyOptions;
import io.patop.command.shell.Threads;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.haproxy.ProxyClient;
import io.patop.haproxy.ProxyView;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.model.ProxyPlaces;
import io.patop.watch.model.WatchedProxy;
import io.patop.watch.rules.Reducer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** The HAProxies that the options name or that are found, each asked once, for commands that print and end. */
public final class FoundProxies {

    private final Map<String, ProxyClient> clients = new LinkedHashMap<>();
    private Dashboard dashboard;

    private FoundProxies(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /**
     * Asks all HAProxies at once.
     *
     * @param dashboard what is known of the cluster, if anything
     * @throws CommandFailure if none answers
     */
    public static FoundProxies of(ProxyOptions options, Connection connection, Dashboard dashboard) {
        FoundProxies found = new FoundProxies(dashboard);
        ProxyOptions.Proxies proxies = options.proxies();
        if (options.isGiven() && proxies.given().isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "--haproxy none: no HAProxy to ask");
        }
        List<ProxyPlaces.Place> places =
                proxies.places(proxies.search() ? docker(connection) : Optional.empty(), false);
        List<String> failures = found.look(places, proxies);
        if (found.clients.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    proxies.search()
                            ? "no HAProxy found: say where with --haproxy (tried what Docker shows, haproxy and"
                                    + " localhost on ports 7001, 9999, 7000 and 8404, and the usual sockets)"
                            : String.join("; ", failures));
        }
        failures.stream().filter(failure -> !proxies.search()).forEach(line -> System.err.println("patop: " + line));
        return found;
    }

    /** Returns what is known of the HAProxies and of their servers' members. */
    public List<WatchedProxy> all() {
        return List.copyOf(dashboard.proxies().values());
    }

    public Dashboard dashboard() {
        return dashboard;
    }

    /** Returns the only HAProxy; fails if there are several, since a command must not pick one by itself. */
    public WatchedProxy only() {
        if (all().size() != 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "several HAProxies answer: say which one with --haproxy (" + String.join(", ", clients.keySet())
                            + ")");
        }
        return all().get(0);
    }

    public ProxyClient client(WatchedProxy proxy) {
        return Objects.requireNonNull(clients.get(proxy.name()), proxy::name);
    }

    private List<String> look(List<ProxyPlaces.Place> places, ProxyOptions.Proxies proxies) {
        ExecutorService pool = Threads.pool("patop-proxy");
        List<List<CompletableFuture<Answer<ProxyView>>>> asked = new ArrayList<>();
        List<List<ProxyClient>> doors = new ArrayList<>();
        for (ProxyPlaces.Place place : places) {
            List<ProxyClient> here = place.doors().stream().map(proxies::client).toList();
            doors.add(here);
            asked.add(here.stream()
                    .map(door -> CompletableFuture.supplyAsync(door::view, pool))
                    .toList());
        }
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            take(doors.get(i), asked.get(i), proxies.search()).ifPresent(failure -> failures.add(failure.message()));
        }
        return failures;
    }

    /**
     * Takes the first of a place's endpoints that answers. This machine's own ports count only if no HAProxy was
     * found before.
     */
    private Optional<Failure> take(
            List<ProxyClient> doors, List<CompletableFuture<Answer<ProxyView>>> asked, boolean search) {
        Optional<Failure> last = Optional.empty();
        for (int i = 0; i < doors.size(); i++) {
            String name = doors.get(i).endpoint().name();
            boolean own = name.contains("//localhost:");
            if (search && (clients.containsKey(name) || (own && !clients.isEmpty()))) {
                return Optional.empty();
            }
            Answer<ProxyView> answer = asked.get(i).join();
            if (answer.value().isPresent()) {
                clients.put(name, doors.get(i));
                dashboard = Reducer.reduce(
                        dashboard,
                        new Observation.ProxyAnswered(
                                Clock.systemUTC().instant(),
                                name,
                                answer.took(),
                                answer.value().get()));
                return Optional.empty();
            }
            last = answer.failure();
        }
        return last;
    }

    private static Optional<EngineView> docker(Connection connection) {
        try (DockerClient docker = connection.docker()) {
            return docker.view().value();
        }
    }
}
