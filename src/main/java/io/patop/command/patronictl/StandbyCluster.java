package io.patop.command.patronictl;

import io.patop.cluster.ClusterView;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Role;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.patroni.CommandReply;
import io.patop.text.Printable;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a cluster a standby of another one, or ends that, in the words of patronictl 4.1. The new leader may be the
 * old one or another member: a demoted leader gives its key away, and any member may take it.
 */
final class StandbyCluster {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 1000;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final CommandContext context;
    private final ClusterSnapshot snapshot;
    private final boolean demotes;

    /**
     * Prepares one change.
     *
     * @param demotes whether the cluster becomes a standby cluster; false if it stops being one
     */
    StandbyCluster(CommandContext context, ClusterSnapshot snapshot, boolean demotes) {
        this.context = context;
        this.snapshot = snapshot;
        this.demotes = demotes;
    }

    /** Fails if there is nothing to change; otherwise shows the cluster and asks. */
    void confirm(boolean force) {
        Member leader = snapshot.leader()
                .orElseThrow(
                        () -> CommandFailure.ofPatronictl("Cluster has no leader, " + verb() + "ion is not possible"));
        if (isWanted(leader.role())) {
            throw CommandFailure.ofPatronictl("Cluster is already in the required state");
        }
        context.say("Current cluster topology");
        context.print(snapshot.table());
        String question = "Are you sure you want to " + verb() + "e " + snapshot.name() + " cluster?";
        if (!force && !context.prompts().confirm(question)) {
            throw CommandFailure.ofPatronictl("Aborted cluster " + verb() + "ion");
        }
    }

    /**
     * Changes the configuration, and waits until the cluster has followed; returns the exit code.
     *
     * @param standbyOf the new value of standby_cluster; empty to end it
     */
    int become(Optional<Map<String, Object>> standbyOf) throws InterruptedException {
        CommandReply reply = context.tellAny(snapshot, url -> context.commands()
                .patchConfig(url, Collections.singletonMap("standby_cluster", standbyOf.orElse(null))));
        if (!reply.isAccepted()) {
            context.advise(reply);
            throw CommandFailure.ofPatronictl("Failed to " + verb() + "e " + snapshot.name()
                    + " cluster: /config PATCH status code=" + reply.status() + ", (" + reply.text() + ")");
        }
        boolean done = isDoneInTime();
        context.print(context.cluster().survey().table());
        return done ? ExitCode.DONE : ExitCode.FAILED;
    }

    private boolean isDoneInTime() throws InterruptedException {
        String before = snapshot.leader().orElseThrow().name();
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            Progress progress = look(before);
            if (progress.isDone(this)) {
                context.print(stamp() + " cluster is successfully " + verb() + "ed\n");
                return true;
            }
            context.print(stamp() + ' ' + progress.text(demotes) + '\n');
            Thread.sleep(PAUSE_MILLIS);
        }
        context.warn("the configuration was changed, and the cluster has not followed it for " + LONGEST.toMinutes()
                + " minutes");
        return false;
    }

    /** Reads what the DCS holds now, and the role by the leader's own word: the DCS tells only that it leads. */
    private Progress look(String before) {
        ClusterView view = context.cluster().view();
        Optional<Member> leader = view.leader();
        Optional<Role> role = leader.flatMap(context.cluster()::url)
                .flatMap(url -> context.reads().node(url).join().value())
                .map(NodeStatus::role);
        return new Progress(leader, role, view.member(before));
    }

    private boolean isWanted(Role role) {
        return demotes == (role.kind() == Role.Kind.STANDBY_LEADER);
    }

    private String verb() {
        return demotes ? "demot" : "promot";
    }

    private static String stamp() {
        return STAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
    }

    /**
     * How far the change has come.
     *
     * @param leader the holder of the leader key
     * @param role that member's role by its own word
     * @param old the member that led before
     */
    private record Progress(Optional<Member> leader, Optional<Role> role, Optional<Member> old) {

        /**
         * Returns whether the change is done, by patronictl's rule: the leader runs in the wanted role, and after a
         * demotion the member that led before runs too.
         */
        boolean isDone(StandbyCluster wanted) {
            boolean leads = leader.filter(member -> member.state().isRunning()).isPresent()
                    && role.filter(known ->
                                    wanted.demotes ? known.kind() == Role.Kind.STANDBY_LEADER : known.isPrimary())
                            .isPresent();
            return leads
                    && (!wanted.demotes
                            || old.filter(member -> !member.state().isRunning()).isEmpty());
        }

        String text(boolean demotes) {
            String text = "cluster is unlocked: " + (leader.isEmpty() ? "True" : "False") + ", leader role: "
                    + role.map(Role::word).map(Printable::line).orElse("None") + ", leader state: "
                    + leader.map(Progress::state).orElse("None");
            boolean another = leader.isPresent()
                    && old.filter(member -> !member.name().equals(leader.get().name()))
                            .isPresent();
            return demotes && another ? text + ", previous leader state: '" + state(old.get()) + "'" : text;
        }

        private static String state(Member member) {
            return Printable.line(member.state().word());
        }
    }
}
