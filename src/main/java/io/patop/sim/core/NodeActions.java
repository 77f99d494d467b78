package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The actions of a node that take time, one at a time as in Patroni's AsyncExecutor: start, promote, demote, rewind,
 * restart, reinitialize. Their durations are random, within what a small database was seen to need.
 */
public final class NodeActions {
    /** Bytes of a shutdown checkpoint, of a promotion's end-of-recovery record and of its checkpoint. */
    private static final long SHUTDOWN_RECORD = 120;

    private static final long PROMOTION_RECORD = 224;
    private static final long CHECKPOINT_RECORD = 56;
    /** "Give a time to somebody to take the leader lock" (ha.py). */
    private static final long LOCK_GRACE = 2000;

    private final Simulation world;
    private final Node node;
    private final Postgres postgres;
    private final HaLoop loop;

    NodeActions(Simulation world, Node node, HaLoop loop) {
        this.world = world;
        this.node = node;
        this.postgres = node.postgres;
        this.loop = loop;
    }

    /** Does {@code work} after {@code delay}, being busy with {@code action} until then, and wakes the loop. */
    private void run(String action, long delay, Runnable work) {
        node.action = Optional.of(action);
        node.after(delay, () -> {
            node.action = Optional.empty();
            work.run();
            if (node.action.isEmpty()) {
                loop.wake();
            }
        });
    }

    /** Sets a state after the member key was written, as Patroni's own thread does. */
    private void stateSoon(String state) {
        node.after(30, () -> postgres.state = state);
    }

    void promote() {
        run("promote", world.chance(350, 900), () -> {
            if (!postgres.running || !postgres.inRecovery || !node.isLeader()) {
                return;
            }
            postgres.promote(world.now());
            postgres.role = "promoted";
            postgres.position += PROMOTION_RECORD;
            node.after(world.chance(700, 1200), () -> {
                postgres.position += CHECKPOINT_RECORD;
                loop.wake();
            });
        });
    }

    /** Starts PostgreSQL in recovery; the next loop decides what it becomes. */
    void startAsReplica(String why, Optional<Node> upstream) {
        node.log.info("starting as a secondary");
        stateSoon("starting");
        run(why, world.chance(400, 900), () -> {
            postgres.start(world.now(), true);
            world.parameters().restarted(node);
            postgres.state = "running";
            if (!postgres.role.equals("demoted") || upstream.isPresent()) {
                postgres.role = "replica";
            }
            postgres.upstream = upstream.map(target -> target.name);
            postgres.retryAt = world.now() + world.chance(200, 3000);
        });
    }

    /** Does recover() of ha.py. */
    void recover(boolean leads) {
        if (!postgres.cleanlyShutDown && !postgres.inRecovery) {
            boolean inPlace = leads && startsInPlace();
            node.log.info("doing crash recovery in a single user mode");
            run("doing crash recovery in a single user mode", world.chance(200, 600), () -> {
                postgres.cleanlyShutDown = true;
                if (!inPlace) {
                    postgres.switchWal();
                }
            });
        } else if (leads && startsInPlace()) {
            stateSoon("starting");
            run("restarting after failure", world.chance(400, 900), () -> {
                postgres.start(world.now(), false);
                world.parameters().restarted(node);
                postgres.state = "running";
            });
        } else if (leads) {
            startAsReplica("restarting after failure", Optional.empty());
        } else {
            recoverAsReplica();
        }
    }

    /**
     * Returns whether a crashed primary is started as a primary, as 4.1 does. Older releases start it read-only after
     * a recovery in single-user mode and then promote it, so that the timeline increases by one (both seen).
     */
    private boolean startsInPlace() {
        return node.version.isAtLeast4() && postgres.role.equals("primary");
    }

    private void recoverAsReplica() {
        Optional<Node> target = nodeToFollow(loop.load());
        Optional<Node> diverged =
                target.filter(leader -> leader.postgres.isPrimary() && postgres.isDivergedFrom(leader.postgres));
        if (diverged.isPresent()) {
            rewind(diverged.orElseThrow());
        } else {
            startAsReplica("restarting after failure", target);
        }
    }

    /** Does pg_rewind; a running PostgreSQL is stopped first. The loop starts it again afterwards. */
    void rewind(Node leader) {
        if (postgres.running) {
            postgres.stop(true);
            postgres.state = "stopped";
        }
        node.log.info("running pg_rewind from " + leader.name);
        run("running pg_rewind from " + leader.name, world.chance(800, 1600), () -> {
            node.log.info("pg_rewind exit code=" + (leader.postgres.running && world.reaches(node, leader) ? 0 : 1));
            if (leader.postgres.running && world.reaches(node, leader)) {
                postgres.copyFrom(leader.postgres);
                postgres.role = "replica";
            }
        });
    }

    Optional<Node> nodeToFollow(DcsView view) {
        return node.replicateFrom()
                .filter(name -> !name.equals(node.name) && view.members().containsKey(name))
                .or(view::leader)
                .filter(name -> !name.equals(node.name))
                .map(world::node);
    }

    /**
     * Demotes without the DCS, when nobody may write: a clean stop, then read-only until the lock can be read again.
     */
    void demoteOffline() {
        postgres.state = "stopping";
        node.leaderUntil = 0;
        node.log.info("Demoting self (offline)");
        node.log.info("demoting self because DCS is not accessible and I was a leader");
        run("demoting self because DCS is not accessible and I was a leader", world.chance(900, 1600), () -> {
            postgres.position += SHUTDOWN_RECORD;
            world.replication().flush(node);
            postgres.stop(true);
            postgres.role = "demoted";
            postgres.state = "stopped";
            postgres.inRecovery = true;
            startAsReplica("starting after demotion", Optional.empty());
            postgres.role = "replica";
        });
    }

    /** Demotes because another node leads: PostgreSQL is stopped without regard for its data. */
    void demoteAtOnce() {
        node.log.info("Demoting self (immediate-nolock)");
        postgres.stop(false);
        postgres.role = "demoted";
        postgres.state = "stopped";
        node.leaderUntil = 0;
        run("starting after demotion", world.chance(100, 300), () -> {});
    }

    /**
     * Does process_manual_failover_from_leader. Returns true if the leader steps down, or waits for the scheduled
     * time.
     */
    boolean evaluateFailoverKey(DcsView view) {
        if (view.failover().isEmpty() || (view.isPaused() && !postgres.isPrimary())) {
            return false;
        }
        DcsView.Failover failover = view.failover().orElseThrow();
        if (failover.scheduledAt().isPresent()) {
            long delay = world.millisUntil(failover.scheduledAt().orElseThrow());
            if (view.isPaused() || delay > world.loopWait(node)) {
                return false;
            }
            if (delay >= 0) {
                node.after(delay + 1, loop::wake);
                return false;
            }
            if (delay < -world.loopWait(node) * 3 / 2) {
                world.dcs().putFailover(Optional.empty());
                return false;
            }
        }
        boolean fromMe = failover.leader().map(node.name::equals).orElse(true);
        boolean toMe = failover.candidate().filter(node.name::equals).isPresent();
        if (fromMe && !toMe && isFailoverPossible(view, failover)) {
            stepDown();
            return true;
        }
        world.dcs().putFailover(Optional.empty());
        return false;
    }

    private boolean isFailoverPossible(DcsView view, DcsView.Failover failover) {
        if (failover.candidate().isEmpty() && view.isPaused()) {
            return false;
        }
        Set<String> members = new HashSet<>(view.members().keySet());
        members.remove(node.name);
        failover.candidate().ifPresent(candidate -> members.removeIf(name -> !name.equals(candidate)));
        if (view.isSynchronous()) {
            members.removeIf(name -> !view.sync().matches(name));
        }
        return world.statusesNow(node, members).stream()
                .filter(LeaderRace.Status::isCandidate)
                .anyMatch(status -> view.lsn() - status.position() <= view.maximumLag());
    }

    private void stepDown() {
        node.log.info("manual failover: demoting myself");
        node.log.info("Demoting self (graceful)");
        stateSoon("stopping");
        run("manual failover: demote", world.chance(1000, 1700), () -> {
            postgres.position += SHUTDOWN_RECORD;
            world.replication().flush(node);
            postgres.stop(true);
            postgres.role = "demoted";
            if (world.reachesDcs(node)) {
                world.dcs().putLsn(postgres.position);
                loop.releaseLeader();
                node.log.info("Leader key released");
                loop.touch();
            }
            node.view = Optional.of(world.dcs().view());
            node.after(world.chance(100, 250), () -> postgres.state = "stopped");
            run("manual failover: demote", LOCK_GRACE, this::startAfterStepDown);
        });
    }

    private void startAfterStepDown() {
        startAsReplica("starting after demotion", nodeToFollow(world.dcs().view()));
    }

    /** Stops the node by SIGTERM: first the API ends, then PostgreSQL, then the leader key, then the process. */
    void shutDown(Runnable ended) {
        boolean leads = node.isLeader();
        boolean paused = node.view.filter(DcsView::isPaused).isPresent();
        boolean standby = node.view
                .filter(view -> view.sync().standbys().contains(node.name))
                .isPresent();
        node.become(Node.Life.STOPPING);
        if (paused) {
            node.after(world.chance(300, 600), () -> {
                postgres.stop(true);
                ended.run();
            });
        } else if (standby && !leads && world.reachesDcs(node)) {
            node.nosyncForNow = true;
            loop.touch();
            waitUntilReleased(world.now() + 2 * world.loopWait(node), () -> stopCleanly(false, ended));
        } else {
            stopCleanly(leads, ended);
        }
    }

    /** Does while_not_sync_standby: gives the leader time to name another standby. */
    private void waitUntilReleased(long until, Runnable then) {
        boolean released =
                !world.reachesDcs(node) || !world.dcs().view().sync().standbys().contains(node.name);
        if (released || world.now() >= until) {
            then.run();
        } else {
            node.after(LOCK_GRACE, () -> waitUntilReleased(until, then));
        }
    }

    private void stopCleanly(boolean leads, Runnable ended) {
        postgres.state = "stopping";
        node.after(world.chance(1200, 2600), () -> {
            boolean wasPrimary = postgres.isPrimary();
            if (wasPrimary) {
                postgres.position += SHUTDOWN_RECORD;
                world.replication().flush(node);
            }
            if (postgres.running) {
                postgres.stop(true);
            }
            postgres.state = "stopped";
            if (world.reachesDcs(node)) {
                if (leads) {
                    world.dcs().putLsn(postgres.position);
                    loop.releaseLeader();
                    node.log.info("Leader key released");
                }
                loop.touch();
            }
            node.after(world.chance(200, 400), ended);
        });
    }

    /** Does restart_matches: a request with a filter that does not fit is refused. */
    public boolean matches(ObjectNode filter) {
        boolean role = !filter.has("role") || filter.path("role").asText().equals(node.roleWord());
        boolean version = !filter.has("postgres_version")
                || ServerVersion.NUMBER
                        < ServerVersion.parse(filter.path("postgres_version").asText())
                                .orElse(0);
        boolean pending = !filter.has("restart_pending") || !postgres.pendingRestart.isEmpty();
        return role && version && pending;
    }

    /** Restarts PostgreSQL and tells whether that succeeded. */
    public void restart(Consumer<Boolean> done) {
        boolean primary = !postgres.inRecovery;
        Optional<String> upstream = postgres.upstream;
        postgres.state = "restarting";
        postgres.stop(true);
        run("restart", world.chance(1200, 2200), () -> {
            postgres.start(world.now(), !primary);
            world.parameters().restarted(node);
            postgres.upstream = primary ? Optional.empty() : upstream;
            postgres.retryAt = world.now() + world.chance(100, 500);
            postgres.state = "running";
            done.accept(true);
        });
    }

    void evaluateScheduledRestart() {
        if (node.scheduledRestart.isEmpty() || node.action.isPresent()) {
            return;
        }
        ObjectNode restart = node.scheduledRestart.orElseThrow();
        String startTime = restart.path("postmaster_start_time").asText();
        if (!startTime.equals(world.timestamp(postgres.startedAt))) {
            node.scheduledRestart = Optional.empty();
            return;
        }
        long delay =
                world.millisUntil(OffsetDateTime.parse(restart.path("schedule").asText()));
        if (world.isPaused() || delay > world.loopWait(node)) {
            return;
        }
        if (delay >= 0) {
            node.after(delay + 1, loop::wake);
            return;
        }
        node.scheduledRestart = Optional.empty();
        if (delay >= -world.loopWait(node) * 3 / 2 && matches(restart)) {
            restart(done -> {});
        }
    }

    /** Makes a new copy from the leader, or from a member with the tag clonefrom. */
    public void clone(String why) {
        postgres.stop(false);
        postgres.hasData = false;
        postgres.pendingRestart.clear();
        postgres.state = "stopped";
        node.after(200, () -> postgres.state = "creating replica");
        run(why, world.chance(4000, 7000), () -> {
            Optional<Node> source = cloneSource();
            if (source.isEmpty()) {
                return;
            }
            postgres.copyFrom(source.orElseThrow().postgres);
            startAsReplica(why, nodeToFollow(world.dcs().view()));
        });
    }

    private Optional<Node> cloneSource() {
        DcsView view = world.dcs().view();
        List<Node> offered = view.members().keySet().stream()
                .filter(name -> !name.equals(node.name) && view.isTagged(name, "clonefrom"))
                .map(world::node)
                .filter(member -> member.postgres.running && world.reaches(node, member))
                .toList();
        return offered.stream()
                .findFirst()
                .or(() -> view.leader().map(world::node))
                .filter(source -> source != node && source.postgres.running);
    }
}
