package io.patop.sim.core;

import io.patop.sim.http.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * HAProxy as the demonstration stack has it: frontends {@code leader} and {@code replicas} before backends of the
 * same names. Servers are checked with OPTIONS /primary and /replica every second; two failures mark a server down,
 * one success marks it up, and the sessions of a server that is marked down are shut.
 */
public final class Proxy {
    private static final long INTER = 1000;
    private static final long FAST_INTER = 500;
    private static final long CHECK_TIMEOUT = 2000;
    /** {@code hold nx 2s}: time after a container's end for which its name keeps its address. */
    private static final long NAME_HELD = 2000;

    static final int RISE = 1;
    static final int FALL = 2;

    private final Simulation world;
    private final List<Backend> backends = new ArrayList<>();
    private long startedAt;
    private boolean up = true;

    /** A session that the proxy can shut. */
    public interface Session {
        void shut();

        /** Returns whether the server behind it has ended. */
        boolean isOver();
    }

    /** The result of the last check, in HAProxy's words. */
    public record Check(String status, OptionalLong code, long duration, String lastCheck, String description) {
        public boolean isGood() {
            return status.equals("L7OK");
        }

        static final Check NONE = new Check("INI", OptionalLong.empty(), 0, "", "Initializing");
    }

    /** A frontend and the backend behind it. */
    public static final class Backend {
        public final String name;
        final String checked;
        public final int frontendId;
        public final int id;
        public final Map<String, Server> servers = new LinkedHashMap<>();
        public final Counters frontend = new Counters();
        public final Counters total = new Counters();
        public long changedAt;
        int turn;
        public int downs;

        Backend(String name, String checked, int frontendId, int id) {
            this.name = name;
            this.checked = checked;
            this.frontendId = frontendId;
            this.id = id;
        }

        public boolean isUp() {
            return servers.values().stream().anyMatch(Server::isUsable);
        }
    }

    /** The session counters. */
    public static final class Counters {
        public long current;
        public long most;
        public long all;
        public long bytesIn;
        public long bytesOut;
        public long connectErrors;
        public OptionalLong lastSession = OptionalLong.empty();

        void begin(long now) {
            current += 1;
            most = Math.max(most, current);
            all += 1;
            lastSession = OptionalLong.of(now);
        }

        public void clearMaxima() {
            most = current;
        }

        public void clear() {
            most = current;
            all = 0;
            bytesIn = 0;
            bytesOut = 0;
            connectErrors = 0;
        }
    }

    /** One member in one backend. */
    public static final class Server {
        public final Node node;
        public final int id;
        public final Counters counters = new Counters();
        final List<Session> sessions = new ArrayList<>();
        boolean up;
        public int health;
        public boolean maintenance;
        public boolean drain;
        public boolean unresolved;
        public int weight = 1;
        public Check check = Check.NONE;
        public long changedAt;
        public long downSince;
        public long downtime;
        public int failedChecks;
        public int downs;

        Server(Node node, int id) {
            this.node = node;
            this.id = id;
        }

        public boolean isUsable() {
            return up && !maintenance && !unresolved;
        }

        public boolean takesNew() {
            return isUsable() && !drain && weight > 0;
        }

        /** Returns the status as in the column {@code status}. */
        public String status() {
            if (unresolved) {
                return "MAINT (resolution)";
            }
            if (maintenance) {
                return "MAINT";
            }
            if (up) {
                boolean failing = health < RISE + FALL - 1;
                return drain || weight == 0 ? "DRAIN" : failing ? "UP " + (health - RISE + 1) + "/" + FALL : "UP";
            }
            return "DOWN";
        }
    }

    Proxy(Simulation world) {
        this.world = world;
        backends.add(new Backend("leader", "/primary", 2, 4));
        backends.add(new Backend("replicas", "/replica", 3, 5));
    }

    /** Begins to check the nodes, and takes over their present state. */
    void begin() {
        startedAt = world.now();
        for (Backend backend : backends) {
            int id = 1;
            for (Node node : world.nodes()) {
                Server server = new Server(node, id++);
                backend.servers.put(node.name, server);
                check(backend, server);
                if (!server.check.isGood()) {
                    fail(backend, server);
                }
                world.agenda().after(world.chance(0, INTER), () -> checkAgain(backend, server));
            }
        }
    }

    public List<Backend> backends() {
        return backends;
    }

    public Backend backend(String name) {
        return backends.stream()
                .filter(backend -> backend.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    public boolean isUp() {
        return up;
    }

    public long startedAt() {
        return startedAt;
    }

    /** Stops or starts the container; a start forgets everything that was counted or set. */
    void setUp(boolean value) {
        if (up == value) {
            return;
        }
        up = value;
        for (Backend backend : backends) {
            backend.servers.values().forEach(Proxy::shutSessions);
            if (value) {
                startedAt = world.now();
                backend.frontend.clear();
                backend.total.clear();
                backend.servers.replaceAll((name, old) -> new Server(old.node, old.id));
                backend.servers.values().forEach(server -> checkAgain(backend, server));
            }
        }
    }

    private void checkAgain(Backend backend, Server server) {
        if (backend.servers.get(server.node.name) != server) {
            return;
        }
        if (up) {
            resolve(backend, server);
            if (!server.unresolved && !server.maintenance) {
                check(backend, server);
            }
        }
        boolean settled = server.health == 0 || server.health == RISE + FALL - 1;
        long next = (settled ? INTER : FAST_INTER) + server.check.duration();
        world.agenda().after(next, () -> checkAgain(backend, server));
    }

    /** Updates the address of a name: a stopped container's name has none, a started one's has a new one. */
    private void resolve(Backend backend, Server server) {
        Node node = server.node;
        boolean gone = node.life == Node.Life.STOPPED && world.now() - node.lifeSince > NAME_HELD;
        if (gone && !server.unresolved) {
            fail(backend, server);
            server.unresolved = true;
            server.changedAt = world.now();
        } else if (!gone && server.unresolved) {
            server.unresolved = false;
            server.changedAt = world.now();
        }
    }

    private void check(Backend backend, Server server) {
        server.check = result(backend, server.node);
        if (server.check.isGood()) {
            boolean wasUp = server.up;
            server.health = RISE + FALL - 1;
            server.up = true;
            if (!wasUp) {
                server.changedAt = world.now();
                backend.changedAt = world.now();
                server.downtime += world.now() - server.downSince;
            }
        } else if (server.up) {
            server.failedChecks += 1;
            server.health -= 1;
            if (server.health < RISE) {
                fail(backend, server);
            }
        }
    }

    private void fail(Backend backend, Server server) {
        if (server.up && backend.name.equals("leader") && world.options().has(SeededMistake.STALE_PROXY)) {
            server.health = RISE;
            return;
        }
        boolean wasUp = server.up;
        boolean backendWasUp = backend.isUp();
        server.health = 0;
        server.up = false;
        if (wasUp || server.downs == 0) {
            server.downs += 1;
            server.downSince = world.now();
            server.changedAt = world.now();
        }
        shutSessions(server);
        if (backendWasUp && !backend.isUp()) {
            backend.downs += 1;
            backend.changedAt = world.now();
        }
    }

    private Check result(Backend backend, Node node) {
        if (node.life != Node.Life.RUNNING) {
            return new Check("L4CON", OptionalLong.empty(), 0, "Connection refused", "Layer4 connection problem");
        }
        if (node.isFrozen()) {
            return new Check("L7TOUT", OptionalLong.empty(), CHECK_TIMEOUT, "", "Layer7 timeout");
        }
        Request request = Request.of("OPTIONS", backend.checked, Optional.empty());
        int code = new HealthCheck(node, new StatusJson(world).of(node)).code(request);
        boolean good = code == 200;
        return new Check(
                good ? "L7OK" : "L7STS",
                OptionalLong.of(code),
                world.chance(1, 5),
                "",
                good ? "Layer7 check passed" : "Layer7 wrong status");
    }

    /**
     * Returns the server for a new connection, in turn; empty if there is none, and HAProxy closes the connection.
     */
    public Optional<Server> pick(String name) {
        Backend backend = backend(name);
        List<Server> usable =
                backend.servers.values().stream().filter(Server::takesNew).toList();
        if (!up || usable.isEmpty()) {
            backend.total.connectErrors += 1;
            return Optional.empty();
        }
        backend.turn += 1;
        return Optional.of(usable.get(backend.turn % usable.size()));
    }

    public void beginSession(Backend backend, Server server, Session session) {
        server.sessions.add(session);
        server.counters.begin(world.now());
        backend.total.begin(world.now());
        backend.frontend.begin(world.now());
    }

    public void endSession(Backend backend, Server server, Session session) {
        server.sessions.remove(session);
        server.counters.current -= 1;
        backend.total.current -= 1;
        backend.frontend.current -= 1;
    }

    public void count(Backend backend, Server server, long bytesIn, long bytesOut) {
        for (Counters counters : List.of(server.counters, backend.total, backend.frontend)) {
            counters.bytesIn += bytesIn;
            counters.bytesOut += bytesOut;
        }
    }

    public static void shutSessions(Server server) {
        List.copyOf(server.sessions).forEach(Session::shut);
    }

    public void setMaintenance(Backend backend, Server server, boolean maintenance) {
        if (server.maintenance != maintenance) {
            server.maintenance = maintenance;
            server.changedAt = world.now();
            if (maintenance) {
                server.downSince = world.now();
                shutSessions(server);
            } else {
                server.downtime += world.now() - server.downSince;
                server.health = 0;
                server.up = false;
                check(backend, server);
            }
        }
    }
}
