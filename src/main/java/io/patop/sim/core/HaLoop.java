package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * Patroni's HA loop, after ha.py of 3.0.2: every loop_wait, or when the DCS wakes it, a node reads the cluster,
 * decides its role, and writes its state. {@link NodeActions} does what takes long.
 */
public final class HaLoop {
    private final Simulation world;
    private final Node node;
    private final Postgres postgres;
    private final NodeActions actions;
    private final LeaderRace race;
    private final SyncReplication sync;

    private long nextRun;
    private int planned;
    private boolean busy;
    private boolean wakeAgain;
    private boolean waitingForDcs;

    HaLoop(Simulation world, Node node) {
        this.world = world;
        this.node = node;
        this.postgres = node.postgres;
        this.actions = new NodeActions(world, node, this);
        this.race = new LeaderRace(world, node);
        this.sync = new SyncReplication(world, node);
    }

    public NodeActions actions() {
        return actions;
    }

    /** Starts the loop, as the node's process does. */
    void begin(long delay) {
        busy = false;
        wakeAgain = false;
        waitingForDcs = false;
        nextRun = world.now() + delay;
        plan(delay);
    }

    private void plan(long delay) {
        planned += 1;
        int mine = planned;
        node.after(delay, () -> {
            if (mine == planned) {
                run();
            }
        });
    }

    /** Runs the loop soon instead of when it is due; if it is running, once more afterwards. */
    public void wake() {
        if (busy) {
            wakeAgain = true;
        } else if (node.life == Node.Life.RUNNING) {
            nextRun = world.now();
            plan(world.chance(5, 40));
        }
    }

    private void run() {
        busy = true;
        if (world.reachesDcs(node)) {
            cycle();
        } else {
            waitingForDcs = true;
            plannedOnce(world.retryTimeout(node), this::giveUpOnDcs);
        }
    }

    private void plannedOnce(long delay, Runnable event) {
        planned += 1;
        int mine = planned;
        node.after(delay, () -> {
            if (mine == planned) {
                event.run();
            }
        });
    }

    /** Wakes the loop when the DCS answers again: the retries of a waiting loop succeed within a second. */
    public void dcsIsBack() {
        if (waitingForDcs) {
            plannedOnce(world.chance(100, 1000), this::giveUpOnDcs);
        }
    }

    private void giveUpOnDcs() {
        waitingForDcs = false;
        if (world.reachesDcs(node)) {
            cycle();
            return;
        }
        node.view = Optional.empty();
        node.log.error("Error communicating with DCS");
        if (!postgres.running || node.ledView.filter(DcsView::isPaused).isPresent() || !postgres.isPrimary()) {
            node.log.info("DCS is not accessible");
            finish();
        } else if (node.ledView.filter(DcsView::isFailsafe).isPresent()) {
            askFailsafeMembers();
        } else if (world.options().has(SeededMistake.STALE_LEADER)) {
            node.leaderUntil = world.now() + world.ttl(node);
            finish();
        } else {
            actions.demoteOffline();
            finish();
        }
    }

    /** Does check_failsafe_topology: all known members must answer, else the leader demotes. */
    private void askFailsafeMembers() {
        Set<String> known = node.ledView
                .flatMap(DcsView::failsafe)
                .map(tree -> Set.copyOf(world.names(tree)))
                .orElse(Set.of());
        world.statuses(node, known, statuses -> {
            if (known.contains(node.name) && statuses.stream().allMatch(LeaderRace.Status::reachable)) {
                long until = world.now() + world.ttl(node);
                node.leaderUntil = until;
                node.failsafeUntil = until;
                for (LeaderRace.Status status : statuses) {
                    Node member = world.node(status.name());
                    member.failsafeUntil = until;
                    member.failsafeLeader = Optional.of(node.name);
                }
                node.log.info("continue to run as a leader because failsafe mode is enabled and all members are"
                        + " accessible");
            } else {
                node.failsafeUntil = 0;
                actions.demoteOffline();
            }
            finish();
        });
    }

    /** Reads the DCS into the cached view. */
    public DcsView load() {
        DcsView view = world.dcs().view();
        node.dcsLastSeen = world.now();
        if (view.isUnlocked() && view.isFailsafe() && node.isFailsafeActive() && !postgres.isPrimary()) {
            view = node.failsafeLeader.map(view::ledBy).orElse(view);
        }
        if (!view.isUnlocked() || node.ledView.isEmpty()) {
            node.ledView = Optional.of(view);
        }
        node.view = Optional.of(view);
        if (!view.isLeader(node.name)) {
            node.leaderUntil = 0;
        }
        return view;
    }

    private void cycle() {
        DcsView view = load();
        node.log.info("Lock owner: " + view.leader().orElse("None") + "; I am " + node.name);
        world.parameters().compare(node, view.config());
        if (!view.members().containsKey(node.name)) {
            touch();
        }
        if (node.action.isPresent()) {
            handleLongAction(view);
        } else if (!postgres.hasData) {
            bootstrap(view);
        } else if (!postgres.running) {
            handleDeadPostgres(view);
        } else if (view.isUnlocked()) {
            race.run(won -> {
                afterRace(won);
                conclude();
            });
            return;
        } else {
            healthy(view);
        }
        conclude();
    }

    private void conclude() {
        if (world.reachesDcs(node) && node.life == Node.Life.RUNNING) {
            if (node.isLeader()) {
                node.failsafeUntil = 0;
            }
            touch();
        }
        finish();
    }

    private void finish() {
        busy = false;
        nextRun = Math.max(world.now(), nextRun + world.loopWait(node));
        plan(nextRun - world.now());
        if (wakeAgain) {
            wakeAgain = false;
            wake();
        }
    }

    public void touch() {
        world.replication().catchUp(node);
        boolean paused = node.view.filter(DcsView::isPaused).isPresent();
        world.dcs().putMember(node.name, MemberKey.of(node, paused));
    }

    private void handleLongAction(DcsView view) {
        if (view.isLeader(node.name)) {
            updateLock(false);
        } else if (postgres.isPrimary() && !view.isPaused()) {
            actions.demoteAtOnce();
        }
    }

    private void bootstrap(DcsView view) {
        view.leader().ifPresent(leader -> actions.clone("bootstrap from leader '" + leader + "'"));
    }

    /** Does recover(): PostgreSQL does not run though it should. */
    private void handleDeadPostgres(DcsView view) {
        boolean leads = view.isLeader(node.name);
        if (view.isPaused()) {
            postgres.state = "stopped";
            if (leads) {
                releaseLeader();
            }
            return;
        }
        if (postgres.state.equals("running") || postgres.state.equals("starting")) {
            postgres.state = "crashed";
        }
        if (leads) {
            updateLock(false);
        }
        actions.recover(leads);
    }

    private void healthy(DcsView view) {
        if (!view.isLeader(node.name)) {
            follow(view);
            actions.evaluateScheduledRestart();
            return;
        }
        if (view.isPaused() && !postgres.isPrimary()) {
            releaseLeader();
            return;
        }
        updateLock(true);
        if (actions.evaluateFailoverKey(view)) {
            return;
        }
        if (postgres.isPrimary()) {
            node.log.info("no action. I am (" + node.name + "), the leader with the lock");
        }
        enforcePrimary();
        actions.evaluateScheduledRestart();
    }

    private void afterRace(boolean won) {
        if (!world.reachesDcs(node)) {
            return;
        }
        DcsView view = load();
        if (!won) {
            node.log.info("following a different leader because i am not the healthiest node");
            follow(view);
            return;
        }
        if (world.dcs().acquireLeader(node.name)) {
            node.leaderUntil = world.now() + world.ttl(node);
            world.dcs().putFailover(Optional.empty());
            load();
            node.log.info("promoted self to leader by acquiring session lock");
            enforcePrimary();
        } else {
            node.log.info("following new leader after trying and failing to obtain lock");
            follow(load());
        }
    }

    /** The leader's heartbeat: writes its lease, its position, and the members that failsafe mode would ask. */
    void updateLock(boolean writePosition) {
        if (!world.dcs().updateLeader(node.name)) {
            node.log.error("failed to update leader lock");
            if (postgres.isPrimary()) {
                actions.demoteAtOnce();
                node.log.info("demoted self because failed to update leader lock in DCS");
            }
            return;
        }
        node.leaderUntil = world.now() + world.ttl(node);
        world.dcs().putFailsafe(node.view.filter(DcsView::isFailsafe).map(this::failsafeKey));
        if (writePosition && postgres.running) {
            world.dcs().putLsn(postgres.position);
        }
    }

    private ObjectNode failsafeKey(DcsView view) {
        ObjectNode members = view.config().objectNode();
        view.members().forEach((name, data) -> members.set(name, data.path("api_url")));
        members.put(node.name, node.address.apiUrl());
        return members;
    }

    void releaseLeader() {
        node.leaderUntil = 0;
        world.dcs().deleteLeader(node.name);
    }

    private void enforcePrimary() {
        if (postgres.isPrimary()) {
            postgres.role = "primary";
            sync.process(node.view.orElseThrow());
            world.history().update(node);
        } else if (!postgres.role.equals("promoted")) {
            if (node.view.orElseThrow().isSynchronous()) {
                sync.takeOver();
            }
            actions.promote();
        }
    }

    /** Follows the leader, or the member that the replicatefrom tag names. */
    private void follow(DcsView view) {
        if (view.isPaused()) {
            if (postgres.isPrimary()) {
                postgres.role = "primary";
                return;
            }
        } else if (postgres.isPrimary()) {
            actions.demoteAtOnce();
            return;
        }
        postgres.role = "replica";
        Optional<Node> target = actions.nodeToFollow(view);
        if (target.isEmpty()) {
            return;
        }
        Node upstream = target.orElseThrow();
        if (upstream.postgres.isPrimary() && postgres.isDivergedFrom(upstream.postgres)) {
            actions.rewind(upstream);
        } else if (postgres.upstream.filter(upstream.name::equals).isPresent()) {
            node.log.info("no action. I am (" + node.name + "), a secondary, and following a leader ("
                    + view.leader().orElse(upstream.name) + ")");
        } else {
            postgres.upstream = Optional.of(upstream.name);
            postgres.streaming = false;
            postgres.retryAt = world.now() + world.chance(300, 4500);
        }
    }
}
