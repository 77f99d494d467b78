package io.patop.matrix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A way to break a real cluster, and what has to be told of it.
 *
 * @param name in a few words
 * @param course breaks it and puts it right; gets the leader and the replicas
 * @param kinds of events that must be told, of whomever
 * @param changes how the stopwatch calls what happened; empty where nobody else comes to lead
 */
record Fault(String name, Course course, List<String> kinds, List<String> changes) {

    /** What is done to the cluster. */
    interface Course {
        void run(Witness witness, String leader, List<String> replicas) throws IOException;
    }

    /** For a folder. */
    String id() {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    @Override
    public String toString() {
        return name;
    }

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "leader killed (SIGKILL)",
                        (witness, leader, replicas) -> {
                            // No new task: the cluster has to do without it.
                            String id = witness.shell("echo " + Witness.container(leader));
                            witness.deed(
                                    "SIGKILL of leader " + leader,
                                    "docker kill " + id + "; docker service scale -d patroni_" + leader + "=0");
                            witness.awaitAnotherLeader(leader);
                            start(witness, leader);
                        },
                        List.of("api_lost", "member_left", "leader_changed", "promoted", "api_back", "member_joined"),
                        List.of("failover")),
                new Fault(
                        "leader stopped (scaled to 0)",
                        (witness, leader, replicas) -> {
                            stop(witness, leader);
                            witness.awaitAnotherLeader(leader);
                            witness.await("end of " + leader, () -> isGone(witness, leader));
                            start(witness, leader);
                        },
                        List.of("api_lost", "leader_changed", "promoted", "api_back"),
                        List.of("failover", "switchover")),
                new Fault(
                        "PostgreSQL of the leader killed",
                        (witness, leader, replicas) -> {
                            witness.deed(
                                    "SIGKILL of the postmaster of leader " + leader,
                                    exec(
                                            leader,
                                            "sh -c 'kill -9 $(head -n 1 /var/lib/postgresql/data/postmaster.pid)'"));
                            // The last answers from before would pass for a whole cluster.
                            witness.await("end of PostgreSQL", () -> !witness.isRunning(leader));
                        },
                        List.of("member_down", "member_up"),
                        List.of()),
                new Fault(
                        "leader frozen",
                        (witness, leader, replicas) -> {
                            witness.deed("freeze of leader " + leader, "docker pause " + Witness.container(leader));
                            witness.awaitAnotherLeader(leader);
                            witness.deed("thaw of " + leader, "docker unpause " + Witness.container(leader));
                        },
                        List.of("api_lost", "leader_changed", "promoted", "api_back"),
                        List.of("failover")),
                new Fault(
                        "switchover",
                        (witness, leader, replicas) -> {
                            witness.deed(
                                    "patronictl switchover from " + leader + " to " + replicas.get(0),
                                    exec(
                                            leader,
                                            "patronictl switchover --leader " + leader + " --candidate "
                                                    + replicas.get(0) + " --force"));
                            witness.awaitAnotherLeader(leader);
                        },
                        List.of("leader_changed", "promoted"),
                        List.of("switchover")),
                new Fault(
                        "failover to an asynchronous member",
                        Fault::toAsynchronous,
                        List.of("sync_changed", "leader_changed", "promoted"),
                        List.of("switchover", "failover")),
                new Fault(
                        "etcd frozen for 40 s",
                        (witness, leader, replicas) -> {
                            // Not by Docker: with a task of its own paused, a Swarm on a busy machine hangs too.
                            String pid =
                                    witness.shell("docker inspect -f '{{.State.Pid}}' " + Witness.container("etcd"));
                            witness.deed("freeze of etcd", "kill -STOP " + pid);
                            witness.shell("sleep 40");
                            witness.deed("thaw of etcd", "kill -CONT " + pid);
                            witness.await("leader", () -> witness.leader().isPresent());
                        },
                        List.of("dcs_lost", "dcs_back"),
                        List.of("failover", "switchover", "leader restart", "no failover")),
                new Fault(
                        "leader cut off the network",
                        (witness, leader, replicas) -> {
                            witness.note("leader " + leader + " cut off the network");
                            filter(witness, "-A", leader);
                            witness.awaitAnotherLeader(leader);
                            witness.note(leader + " is on the network again");
                            filter(witness, "-D", leader);
                        },
                        List.of("api_lost", "leader_changed", "promoted", "api_back"),
                        List.of("failover")),
                new Fault(
                        "leader cut off from etcd",
                        (witness, leader, replicas) -> {
                            witness.note("leader " + leader + " cut off from etcd");
                            filterEtcd(witness, "-A", leader);
                            witness.awaitAnotherLeader(leader);
                            witness.note(leader + " reaches etcd again");
                            filterEtcd(witness, "-D", leader);
                        },
                        List.of("member_down", "member_left", "leader_key_free", "leader_changed", "promoted"),
                        List.of("failover")),
                new Fault(
                        "replica stopped (scaled to 0)",
                        (witness, leader, replicas) -> {
                            stop(witness, replicas.get(0));
                            witness.await("end of " + replicas.get(0), () -> isGone(witness, replicas.get(0)));
                            start(witness, replicas.get(0));
                        },
                        List.of("api_lost", "api_back"),
                        List.of()),
                new Fault(
                        "reinit of a replica",
                        (witness, leader, replicas) -> witness.deed(
                                "patronictl reinit of " + replicas.get(0),
                                exec(leader, "patronictl reinit patroni " + replicas.get(0) + " --force --wait")),
                        List.of("member_down", "member_up"),
                        List.of()),
                new Fault(
                        "demote-cluster and promote-cluster",
                        Fault::demoteAndPromote,
                        List.of("cluster_demoted", "cluster_promoted"),
                        List.of("demotion of the cluster", "promotion of the cluster")),
                new Fault(
                        "restart of all",
                        (witness, leader, replicas) -> witness.deed(
                                "patronictl restart of all", exec(leader, "patronictl restart patroni --force")),
                        List.of("member_down", "member_up"),
                        List.of()));
    }

    private static void toAsynchronous(Witness witness, String leader, List<String> replicas) throws IOException {
        witness.deed("synchronous_mode on", exec(leader, "patronictl edit-config --force -q -s synchronous_mode=true"));
        witness.await(
                "synchronous standby", () -> !inRole(witness, "sync_standby").isEmpty());
        List<String> sync = inRole(witness, "sync_standby");
        String candidate = replicas.stream()
                .filter(member -> !sync.contains(member))
                .findFirst()
                .orElseThrow();
        witness.deed(
                "patronictl failover to " + candidate + ", which is asynchronous",
                exec(leader, "patronictl failover --candidate " + candidate + " --force"));
        witness.awaitAnotherLeader(leader);
        witness.await("another synchronous standby", () -> !inRole(witness, "sync_standby")
                .isEmpty());
        witness.deed(
                "synchronous_mode off", exec(candidate, "patronictl edit-config --force -q -s synchronous_mode=null"));
        witness.await("end of it", () -> inRole(witness, "sync_standby").isEmpty());
    }

    private static void demoteAndPromote(Witness witness, String leader, List<String> replicas) throws IOException {
        witness.deed(
                "patronictl demote-cluster", exec(leader, "patronictl demote-cluster --restore-command false --force"));
        witness.await("standby leader", () -> !inRole(witness, "standby_leader").isEmpty());
        witness.deed("patronictl promote-cluster", exec(leader, "patronictl promote-cluster --force"));
    }

    /** Those in that role by the word of all nodes. */
    private static List<String> inRole(Witness witness, String role) throws IOException {
        List<String> members = new ArrayList<>();
        for (String member : Witness.MEMBERS) {
            if (witness.roles(member).equals(Set.of(role))) {
                members.add(member);
            }
        }
        return members;
    }

    private static String exec(String member, String command) {
        return "docker exec " + Witness.container(member) + " " + command;
    }

    private static void stop(Witness witness, String member) throws IOException {
        witness.deed(member + " scaled to 0", "docker service scale -d patroni_" + member + "=0");
    }

    private static void start(Witness witness, String member) throws IOException {
        witness.deed(member + " scaled to 1", "docker service scale -d patroni_" + member + "=1");
    }

    private static boolean isGone(Witness witness, String member) throws IOException {
        return witness.shell("echo " + Witness.container(member)).isEmpty();
    }

    private static void filter(Witness witness, String change, String member) throws IOException {
        witness.shell(inside(change, member, "INPUT ! -i lo") + " && " + inside(change, member, "OUTPUT ! -o lo"));
    }

    /** From etcd alone, by all its addresses: its clients may know another than the witness. */
    private static void filterEtcd(Witness witness, String change, String member) throws IOException {
        witness.shell("for a in $(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' "
                + Witness.container("etcd") + "); do " + inside(change, member, "INPUT -s $a") + " && "
                + inside(change, member, "OUTPUT -d $a") + "; done");
    }

    /** By its own packet filter: a task that is disconnected and connected again has another address. */
    private static String inside(String change, String member, String packets) {
        return "nsenter -t $(docker inspect -f '{{.State.Pid}}' " + Witness.container(member) + ") -n iptables -w "
                + change + " " + packets + " -j DROP";
    }
}
