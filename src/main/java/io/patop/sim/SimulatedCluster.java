package io.patop.sim;

import io.patop.sim.core.Endpoints;
import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.Simulation;
import io.patop.sim.core.SimulationException;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.docker.DockerApi;
import io.patop.sim.haproxy.ProxyCommands;
import io.patop.sim.haproxy.ProxyServer;
import io.patop.sim.haproxy.ProxyStats;
import io.patop.sim.http.HttpService;
import io.patop.sim.http.Reply;
import io.patop.sim.http.Request;
import io.patop.sim.postgres.DatabaseServer;
import io.patop.sim.rest.RestApi;
import io.patop.sim.rest.RestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A {@link Simulation} that runs in real time behind real sockets on loopback, until it is closed. All threads that
 * serve it use one lock, so that the simulation itself needs none.
 */
public final class SimulatedCluster implements AutoCloseable {

    /**
     * Time after which an unused thread ends. Each fault leaves a hundred threads whose connections hung; a cached
     * pool keeps them for a minute, so that they would never end while one failover follows another.
     */
    private static final long UNUSED_SECONDS = 2;

    /** Shortest pause of the driver, however fast simulated time runs. */
    private static final long SHORTEST_PAUSE_MILLIS = 5;

    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Clock clock;
    private final Instant start;
    private final double speed;
    private final ExecutorService threads;
    private final Object lock = new Object();
    private final Map<String, RestServer> restServers = new HashMap<>();
    private final Map<String, DatabaseServer> databaseServers = new HashMap<>();
    private final Simulation world;
    private final RestApi api;
    private final Path directory;
    private Optional<HttpService> docker = Optional.empty();
    private Optional<ProxyServer> proxyServer = Optional.empty();
    private Optional<DatabaseServer> leaderDatabase = Optional.empty();
    private Optional<DatabaseServer> replicaDatabase = Optional.empty();
    private boolean closed;
    private volatile Set<String> hindered = Set.of();

    /**
     * One node with its present address; a node that was stopped and started has another one.
     *
     * @param name Patroni's name of the node
     * @param rest its REST API, e.g. {@code http://127.0.0.1:41234}
     */
    public record NodeAddress(String name, URI rest) {}

    private SimulatedCluster(SimulationOptions options, Clock clock) throws SimulationException, IOException {
        options.validate();
        this.clock = clock;
        this.start = clock.instant();
        this.speed = options.speed();
        this.directory = temporaryDirectory();
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                UNUSED_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new Threads(threadNames()));
        synchronized (lock) {
            try {
                this.world = new Simulation(options, start, new Ports());
                this.api = new RestApi(world);
                open();
            } catch (IOException | UncheckedIOException noPort) {
                close();
                throw new IOException("the simulated cluster could not start: " + noPort.getMessage(), noPort);
            }
        }
        threads.execute(this::drive);
    }

    private static Path temporaryDirectory() throws IOException {
        try {
            return Files.createTempDirectory("patop-demo");
        } catch (IOException unusable) {
            throw new IOException(
                    "the simulated cluster could not start: no directory can be made in "
                            + System.getProperty("java.io.tmpdir"),
                    unusable);
        }
    }

    private record Threads(String names, AtomicInteger made) implements ThreadFactory {
        Threads(String names) {
            this(names, new AtomicInteger());
        }

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, names + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }

    /**
     * Starts a healthy cluster on free ports of 127.0.0.1.
     *
     * @throws SimulationException if an option is out of its range
     * @throws IOException if no port or directory could be had
     */
    public static SimulatedCluster start(SimulationOptions options) throws SimulationException, IOException {
        return start(options, Clock.systemUTC());
    }

    /** Starts a healthy cluster with this clock. */
    public static SimulatedCluster start(SimulationOptions options, Clock clock)
            throws SimulationException, IOException {
        return new SimulatedCluster(options, clock);
    }

    private void open() throws IOException {
        docker = Optional.of(HttpService.onUnixSocket(dockerSocket(), threads, this::askDocker));
        proxyServer = Optional.of(new ProxyServer(haproxySocket(), threads, this::askProxy, this::askProxyPage));
        leaderDatabase = Optional.of(new DatabaseServer(this::with, threads, DatabaseServer.through("leader")));
        replicaDatabase = Optional.of(new DatabaseServer(this::with, threads, DatabaseServer.through("replicas")));
    }

    /** Returns the Docker Engine's unix socket. */
    public Path dockerSocket() {
        return directory.resolve("docker.sock");
    }

    /** Returns HAProxy's stats socket, a unix socket. */
    public Path haproxySocket() {
        return directory.resolve("haproxy.sock");
    }

    /** Returns the URL of HAProxy's statistics page; with {@code ;csv} appended, of its CSV. */
    public URI haproxyStats() {
        return URI.create("http://127.0.0.1:" + proxyServer.orElseThrow().port() + "/");
    }

    /**
     * Returns HAProxy's port for the leader's database: PostgreSQL's protocol for any user and database, without a
     * password and without TLS.
     */
    public int databasePort() {
        return leaderDatabase.orElseThrow().port();
    }

    /** Returns HAProxy's port for the replicas' databases. */
    public int replicaPort() {
        return replicaDatabase.orElseThrow().port();
    }

    /** Returns the nodes in the order of their names, stopped ones included. */
    public List<NodeAddress> nodes() {
        return with(simulation -> simulation.nodes().stream()
                .map(node -> new NodeAddress(
                        node.name, URI.create("http://" + node.address.host() + ":" + node.address.apiPort())))
                .toList());
    }

    /** Returns the actual leader, whatever the nodes tell. */
    public Optional<String> leader() {
        return with(Simulation::leader);
    }

    /**
     * Applies a fault to the cluster now.
     *
     * @throws SimulationException if there is no such member
     */
    public void apply(SimulatedFault fault) throws SimulationException {
        Optional<SimulationException> failure = with(simulation -> {
            try {
                apply(fault, simulation);
                return Optional.empty();
            } catch (SimulationException noSuchMember) {
                return Optional.of(noSuchMember);
            }
        });
        if (failure.isPresent()) {
            throw failure.orElseThrow();
        }
    }

    private void apply(SimulatedFault fault, Simulation simulation) throws SimulationException {
        new Faults(simulation).apply(fault);
        hindered = simulation.nodes().stream()
                .filter(node -> node.cutFromDcs || node.cutFromMembers || node.slow)
                .map(node -> node.name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the members that are cut off or slowed down now. For any thread; never waits. */
    public Set<String> hindered() {
        return hindered;
    }

    /** Takes reports on a script's steps. It runs on the simulation's thread, so it must be quick. */
    public interface Audience {

        /** Called when a step was done. */
        void done(SimulatedFault step);

        /** Called when a step could not be done and was left out. */
        void failed(SimulatedFault step, String why);
    }

    /**
     * Plays a script from now on, in simulated time. A step that is not possible when its time comes, for example
     * because there is no leader then, is reported to the audience and left out.
     *
     * @throws SimulationException if a step names a member that does not exist
     */
    public void play(Script script, Audience audience) throws SimulationException {
        check(script);
        with(simulation -> {
            script.steps().forEach(step -> simulation.agenda().after(step.at().toMillis(), () -> {
                try {
                    apply(step.fault(), simulation);
                    audience.done(step.fault());
                } catch (SimulationException impossible) {
                    audience.failed(step.fault(), String.valueOf(impossible.getMessage()));
                }
            }));
            return script;
        });
    }

    /**
     * Checks whether a script is possible for this cluster, without playing it.
     *
     * @throws SimulationException naming the first step with a member that does not exist
     */
    public void check(Script script) throws SimulationException {
        List<String> names = with(Simulation::memberNames);
        for (Script.Step step : script.steps()) {
            String target = step.fault().target().orElse("leader");
            if (!Simulation.ROLES.contains(target) && !names.contains(target)) {
                throw new SimulationException(
                        "no member '" + target + "' (" + step.fault() + "); there are: " + String.join(", ", names));
            }
        }
    }

    /** Returns the prefix of its threads' names. */
    String threadNames() {
        return directory.getFileName() + "-";
    }

    /** Runs {@code work} on the present simulation, under the lock. */
    public <T> T with(Function<Simulation, T> work) {
        synchronized (lock) {
            catchUp();
            T result = work.apply(world);
            lock.notifyAll();
            return result;
        }
    }

    private void catchUp() {
        long real = Duration.between(start, clock.instant()).toNanos();
        long due = (long) (real * speed / 1_000_000);
        world.agenda().advanceTo(due);
    }

    /** Lets time pass while nobody asks. */
    private void drive() {
        synchronized (lock) {
            while (!closed) {
                catchUp();
                try {
                    lock.wait(pause());
                } catch (InterruptedException over) {
                    return;
                }
            }
        }
    }

    private long pause() {
        OptionalLong next = world.agenda().next();
        long left = next.isEmpty() ? LONGEST_PAUSE_MILLIS : (long) ((next.getAsLong() - world.now()) / speed);
        return Math.max(SHORTEST_PAUSE_MILLIS, Math.min(left, LONGEST_PAUSE_MILLIS));
    }

    private RestServer rest(String node) throws IOException {
        return new RestServer(request -> ask(node, request), threads, clock);
    }

    private final class Ports implements Endpoints {
        private final Map<String, Integer> lastPorts = new HashMap<>();

        @Override
        public Address open(String node) {
            try {
                RestServer server = rest(node);
                while (Objects.equals(lastPorts.put(node, server.port()), server.port())) {
                    RestServer same = server;
                    server = rest(node);
                    same.close();
                }
                restServers.put(node, server);
                DatabaseServer database =
                        new DatabaseServer(SimulatedCluster.this::with, threads, DatabaseServer.to(node));
                databaseServers.put(node, database);
                return new Address("127.0.0.1", server.port(), database.port());
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
        }

        @Override
        public void close(String node) {
            RestServer server = restServers.remove(node);
            if (server != null) {
                server.close();
            }
        }

        @Override
        public void ended(String node) {
            Optional.ofNullable(databaseServers.remove(node)).ifPresent(DatabaseServer::close);
        }
    }

    private Reply askDocker(Request request) {
        return with(simulation -> new DockerApi(simulation).answer(request));
    }

    private Reply askProxyPage(Request request) {
        return with(simulation -> simulation.proxy().isUp()
                ? ProxyServer.page(new ProxyStats(simulation), request)
                : new Reply.Dropped());
    }

    private Optional<String> askProxy(String command) {
        return with(simulation -> Optional.of(new ProxyCommands(simulation).run(command))
                .filter(answer -> simulation.proxy().isUp()));
    }

    private CompletableFuture<Reply> ask(String node, Request request) {
        return with(simulation -> api.ask(simulation.node(node), request));
    }

    /** Ends the cluster: no thread, port, socket file or directory remains. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            List.copyOf(restServers.values()).forEach(RestServer::close);
            restServers.clear();
            docker.ifPresent(HttpService::close);
            proxyServer.ifPresent(ProxyServer::close);
            leaderDatabase.ifPresent(DatabaseServer::close);
            replicaDatabase.ifPresent(DatabaseServer::close);
            List.copyOf(databaseServers.values()).forEach(DatabaseServer::close);
            databaseServers.clear();
            lock.notifyAll();
        }
        threads.shutdownNow();
        try {
            threads.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        try {
            Files.deleteIfExists(directory);
        } catch (IOException kept) {
            throw new UncheckedIOException("could not remove " + directory, kept);
        }
    }
}
