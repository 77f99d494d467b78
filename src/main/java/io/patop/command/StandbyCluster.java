package io.patop.command;

import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.cluster.Role;
import io.patop.patroni.Reply;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** Makes a cluster a standby of another one, or ends that; and waits until its leader runs so. */
final class StandbyCluster {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 1000;

    private final Errand errand;
    private final Survey survey;

    StandbyCluster(Errand errand, Survey survey) {
        this.errand = errand;
        this.survey = survey;
    }

    /** Does it; the exit code. */
    int become(Optional<Map<String, Object>> standbyOf) throws InterruptedException {
        Member leader = survey.leader().orElseThrow(() -> new Complaint(ExitCode.FAILED, "This cluster has no leader"));
        Reply reply = errand.tellAny(survey.listed().view(), url -> errand.commands()
                .patchConfig(url, Collections.singletonMap("standby_cluster", standbyOf.orElse(null))));
        if (!reply.isAccepted()) {
            throw new Complaint(ExitCode.FAILED, "the cluster was not changed: " + reply.words());
        }
        String wanted = standbyOf.isPresent() ? "standby_leader" : "primary";
        errand.print("Waiting for cluster to " + (standbyOf.isPresent() ? "demote" : "promote") + " …\n");
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            Optional<NodeStatus> status =
                    errand.reads().node(errand.url(leader)).join().value();
            if (status.filter(node -> node.state().isRunning() && is(node.role(), standbyOf.isPresent()))
                    .isPresent()) {
                errand.say("Success: the leader runs as " + wanted);
                return ExitCode.DONE;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        errand.say("Failed: the leader does not run as " + wanted + " after " + LONGEST.toMinutes() + " minutes");
        return ExitCode.FAILED;
    }

    private static boolean is(Role role, boolean standby) {
        return standby ? role.kind() == Role.Kind.STANDBY_LEADER : role.isPrimary();
    }
}
