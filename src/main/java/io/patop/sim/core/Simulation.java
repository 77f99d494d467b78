package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patop.sim.SimulatedCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The simulated cluster in simulated time: nodes, DCS, replication and faults. It has no thread and no clock of its
 * own: everything happens within {@link #advance}, in an order that the seed decides. Not for several threads;
 * {@link SimulatedCluster} guards it.
 */
public final class Simulation {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    /** Words that a fault may use instead of a member's name. */
    public static final Set<String> ROLES = Set.of("leader", "replica", "sync");

    private static final long FIRST_LSN = 67_111_472;
    private static final long REQUEST_TIMEOUT = 2000;
    /** Time for which a dead process's port still refuses connections, until its address is gone from the network. */
    private static final long ADDRESS_LINGERS = 500;

    private final SimulationOptions options;
    private final Instant start;
    private final SimulatedClock agenda = new SimulatedClock();
    private final Random random;
    private final Endpoints hosting;
    private final Dcs dcs;
    private final Parameters parameters = new Parameters();
    private final ClusterHistory history = new ClusterHistory(this);
    private final Replication replication;
    private final Proxy proxy = new Proxy(this);
    private final Swarm swarm;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, HaLoop> loops = new LinkedHashMap<>();
    private final String systemIdentifier;
    private final Set<Proxy.Session> databaseSessions = new LinkedHashSet<>();

    /**
     * Makes a healthy cluster: the first member leads, the others stream.
     *
     * @param start the time of its beginning, for the timestamps in its answers
     * @throws SimulationException if an option is out of its range
     */
    public Simulation(SimulationOptions options, Instant start) throws SimulationException {
        this(options, start, Endpoints.imaginary());
    }

    public Simulation(SimulationOptions options, Instant start, Endpoints hosting) throws SimulationException {
        options.validate();
        this.options = options;
        this.start = start;
        this.hosting = hosting;
        this.random = new Random(options.seed());
        this.systemIdentifier = Long.toString(start.getEpochSecond() << 32 | random.nextInt(1 << 30));
        this.dcs = new Dcs(agenda, initialConfig(options));
        this.replication = new Replication(this, options.walRate());
        dcs.watch(this::wake);
        List<String> names = options.memberNames();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            SimulatedPatroni version =
                    options.versions().get(i % options.versions().size());
            Node node = new Node(agenda, name, version, options.tags().getOrDefault(name, Map.of()));
            nodes.put(name, node);
            loops.put(name, new HaLoop(this, node));
        }
        nodes.values().forEach(this::settle);
        nodes.values().forEach(this::beginLoop);
        this.swarm = new Swarm(this, options.seed());
        swarm.add("etcd", Workloads.etcd(this));
        nodes.values().forEach(node -> swarm.add(node.name, Workloads.node(this, node)));
        swarm.add("haproxy", Workloads.haproxy(this));
        replication.begin();
        proxy.begin();
    }

    private static ObjectNode initialConfig(SimulationOptions options) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("ttl", options.ttl().toSeconds());
        config.put("loop_wait", options.loopWait().toSeconds());
        config.put("retry_timeout", options.retryTimeout().toSeconds());
        config.put("maximum_lag_on_failover", options.maximumLagOnFailover());
        switch (options.synchronous()) {
            case OFF -> {}
            case ON -> config.put("synchronous_mode", true);
            case STRICT -> config.put("synchronous_mode", true).put("synchronous_mode_strict", true);
            case QUORUM -> config.put("synchronous_mode", "quorum");
        }
        if (options.failsafe()) {
            config.put("failsafe_mode", true);
        }
        ObjectNode postgresql = config.putObject("postgresql");
        postgresql.put("use_pg_rewind", true).put("use_slots", true);
        postgresql.putObject("parameters").put("max_connections", 100);
        return config;
    }

    /** Puts a node into the state of a cluster that has been running for a while. */
    private void settle(Node node) {
        boolean first = dcs.view().isUnlocked();
        node.address = hosting.open(node.name);
        node.life = Node.Life.RUNNING;
        Postgres postgres = node.postgres;
        postgres.position = FIRST_LSN;
        postgres.state = "running";
        postgres.role = first ? "primary" : "replica";
        postgres.start(0, !first);
        postgres.received = FIRST_LSN;
        if (first) {
            dcs.acquireLeader(node.name);
            dcs.putLsn(FIRST_LSN);
            node.leaderUntil = ttl(node);
            node.log.info("initialized a new cluster");
        } else {
            node.log.info("bootstrapped from leader '" + dcs.view().leader().orElse("") + "'");
            postgres.upstream = dcs.view().leader();
            postgres.streaming = true;
        }
        dcs.putMember(node.name, MemberKey.of(node, false));
    }

    private void beginLoop(Node node) {
        DcsView view = loop(node).load();
        parameters.compare(node, view.config());
        loop(node).begin(view.isLeader(node.name) ? 0 : chance(0, loopWait(node)));
    }

    /** Lets this much time pass, with all events in it. */
    public void advance(Duration time) {
        agenda.advanceTo(agenda.now() + time.toMillis());
    }

    /** Returns the time since the start. */
    public Duration elapsed() {
        return Duration.ofMillis(agenda.now());
    }

    /** Returns whether nothing is broken: one member leads, and all others stream from it on its timeline. */
    public boolean isWhole() {
        Optional<Node> leader = leader().map(this::node);
        return dcs.isUp()
                && proxy.isUp()
                && leader.isPresent()
                && nodes.values().stream().allMatch(node -> isWell(node, leader.orElseThrow()));
    }

    private static boolean isWell(Node node, Node leader) {
        boolean serves = node.isUp() && node.postgres.running && node.action.isEmpty();
        boolean follows = node.postgres.inRecovery
                && node.postgres.streaming
                && node.postgres.timeline == leader.postgres.timeline
                && node.postgres.reach() >= leader.postgres.position;
        return serves && (node == leader ? node.postgres.isPrimary() : follows);
    }

    /** Returns the members' names, in order. */
    public List<String> memberNames() {
        return List.copyOf(nodes.keySet());
    }

    /** Returns the actual holder of the leader key. */
    public Optional<String> leader() {
        return dcs.view().leader();
    }

    /** Returns the member that this word means now. */
    public String resolve(String target) throws SimulationException {
        DcsView view = dcs.view();
        Optional<String> found =
                switch (target) {
                    case "leader" -> view.leader();
                    case "replica" ->
                        nodes.keySet().stream()
                                .filter(name ->
                                        !view.isLeader(name) && node(name).isUp())
                                .findFirst();
                    case "sync" -> view.sync().standbys().stream().sorted().findFirst();
                    default -> Optional.of(target).filter(nodes::containsKey);
                };
        return found.orElseThrow(() -> new SimulationException(
                ROLES.contains(target)
                        ? "there is no " + target + " now"
                        : "no member '" + target + "'; there are: " + String.join(", ", nodes.keySet())));
    }

    // Methods for the parts of the simulation.

    public SimulatedClock agenda() {
        return agenda;
    }

    public long now() {
        return agenda.now();
    }

    /** Returns a random number of milliseconds within these bounds, decided by the seed. */
    long chance(long from, long to) {
        return from + (long) (random.nextDouble() * (to - from));
    }

    public SimulationOptions options() {
        return options;
    }

    public Dcs dcs() {
        return dcs;
    }

    /** Returns the open sessions of the database. */
    public Set<Proxy.Session> databaseSessions() {
        return databaseSessions;
    }

    /** Ends the sessions whose server has ended. */
    void endSessions() {
        databaseSessions.stream().filter(Proxy.Session::isOver).toList().forEach(Proxy.Session::shut);
    }

    Parameters parameters() {
        return parameters;
    }

    ClusterHistory history() {
        return history;
    }

    public Replication replication() {
        return replication;
    }

    public Swarm swarm() {
        return swarm;
    }

    public Proxy proxy() {
        return proxy;
    }

    /** Starts the node's container: a new process, a new address, the old data. */
    void startNode(Node node) {
        boolean wasPrimary = !node.postgres.inRecovery;
        node.become(Node.Life.RUNNING);
        node.postgres.state = "stopped";
        node.postgres.role = wasPrimary ? "demoted" : "replica";
        node.view = Optional.empty();
        node.ledView = Optional.empty();
        node.scheduledRestart = Optional.empty();
        node.address = hosting.open(node.name);
        loop(node).begin(chance(150, 500));
    }

    /** Sends SIGTERM to the node's container. */
    void stopNode(Node node, Runnable ended) {
        hosting.close(node.name);
        loop(node).actions().shutDown(() -> {
            node.become(Node.Life.STOPPED);
            hosting.ended(node.name);
            ended.run();
        });
    }

    /** Sends SIGKILL to everything in the node's container. */
    void killNode(Node node) {
        hosting.close(node.name);
        hosting.ended(node.name);
        node.postgres.stop(false);
        if (options.has(SeededMistake.NO_FSYNC) && memberNames().get(0).equals(node.name)) {
            node.postgres.loseUnsynced();
        }
        node.become(Node.Life.STOPPED);
    }

    void setDcs(boolean up) {
        if (!up) {
            dcs.goDown();
        } else if (!dcs.isUp()) {
            dcs.comeUp();
            loops.values().forEach(HaLoop::dcsIsBack);
        }
    }

    String systemIdentifier() {
        return systemIdentifier;
    }

    public Collection<Node> nodes() {
        return nodes.values();
    }

    public Node node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    public HaLoop loop(Node node) {
        return Objects.requireNonNull(loops.get(node.name), node.name);
    }

    private DcsView known(Node node) {
        return node.view.or(() -> node.ledView).orElseGet(dcs::view);
    }

    long ttl(Node node) {
        return known(node).millis("ttl", 30);
    }

    public long loopWait(Node node) {
        return Math.max(1000, known(node).millis("loop_wait", 10));
    }

    public long retryTimeout(Node node) {
        return Math.max(1000, known(node).millis("retry_timeout", 10));
    }

    public boolean isPaused() {
        return dcs.view().isPaused();
    }

    /** Wakes Patroni's HA loops at a change of these keys, as etcd's watch does. */
    private void wake(Dcs.Key key) {
        for (Node node : nodes.values()) {
            boolean own = key == Dcs.Key.STATUS && dcs.view().isLeader(node.name);
            if (reachesDcs(node) && !own) {
                loop(node).wake();
            }
        }
    }

    public boolean reachesDcs(Node node) {
        return dcs.isUp() && !node.cutFromDcs && node.life != Node.Life.STOPPED && !node.isFrozen();
    }

    /** Returns whether {@code from} gets an answer from {@code to}'s REST API. */
    public boolean reaches(Node from, Node to) {
        return to.isUp() && isConnected(from, to);
    }

    /** Returns whether {@code from} gets an answer from {@code to}'s PostgreSQL, which outlives the REST API. */
    boolean reachesDatabase(Node from, Node to) {
        return to.life != Node.Life.STOPPED && !to.isFrozen() && isConnected(from, to);
    }

    private static boolean isConnected(Node from, Node to) {
        return from == to || (!from.cutFromMembers && !to.cutFromMembers);
    }

    /** Returns whether a request from {@code from} to {@code to} gets nothing at all, not even a refusal. */
    private boolean isSilent(Node from, Node to) {
        boolean gone = to.life == Node.Life.STOPPED && now() - to.lifeSince > ADDRESS_LINGERS;
        return gone || to.isFrozen() || !isConnected(from, to);
    }

    /** Asks the members' REST APIs, which takes as long as the slowest of them. */
    void statuses(Node asking, Set<String> members, Consumer<List<LeaderRace.Status>> then) {
        boolean silence = members.stream()
                .filter(name -> !name.equals(asking.name))
                .anyMatch(name -> isSilent(asking, node(name)));
        asking.after(silence ? REQUEST_TIMEOUT : chance(3, 25), () -> then.accept(statusesNow(asking, members)));
    }

    List<LeaderRace.Status> statusesNow(Node asking, Set<String> members) {
        List<LeaderRace.Status> statuses = new ArrayList<>();
        for (Node node : nodes.values()) {
            if (node != asking && members.contains(node.name)) {
                Postgres postgres = node.postgres;
                statuses.add(new LeaderRace.Status(
                        node.name,
                        reaches(asking, node) && postgres.running,
                        postgres.inRecovery,
                        postgres.reach(),
                        node.isTagged("nofailover")));
            }
        }
        return statuses;
    }

    List<String> names(ObjectNode tree) {
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(name -> {
            if (nodes.containsKey(name)) {
                names.add(name);
            }
        });
        return names;
    }

    // Timestamps show the wall clock's time, though simulated time may run faster.

    public Instant instant(long time) {
        return start.plusNanos((long) (time * 1_000_000.0 / options.speed()));
    }

    long epochSeconds(long time) {
        return instant(time).getEpochSecond();
    }

    public long millisUntil(OffsetDateTime time) {
        return (long) (Duration.between(start, time).toMillis() * options.speed()) - now();
    }

    /** Returns a time as Python's str() of a datetime: {@code 2026-11-24 01:33:43.189338+00:00}. */
    public String timestamp(long time) {
        return isoTimestamp(time).replace('T', ' ');
    }

    /** Returns a time as Python's isoformat(). */
    String isoTimestamp(long time) {
        return ISO.format(instant(time).atOffset(ZoneOffset.UTC));
    }
}
