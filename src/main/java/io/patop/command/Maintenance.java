package io.patop.command;

import io.patop.cluster.Member;
import io.patop.patroni.CommandReply;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Turns maintenance mode on or off, and waits for the nodes to see it. */
final class Maintenance {

    private static final long PAUSE_MILLIS = 1000;

    private final CommandContext errand;
    private final boolean paused;

    Maintenance(CommandContext errand, boolean paused) {
        this.errand = errand;
        this.paused = paused;
    }

    /** Does it; the exit code. */
    int set(ClusterSnapshot survey, boolean wait) throws InterruptedException {
        String word = paused ? "paused" : "resumed";
        if (survey.listed().view().paused() == paused) {
            throw CommandFailure.ofPatronictl("Cluster is " + (paused ? "already" : "not") + " paused");
        }
        CommandReply reply = errand.tellAny(survey, url -> errand.commands()
                .patchConfig(url, Collections.singletonMap("pause", paused ? Boolean.TRUE : null)));
        if (!reply.isAccepted()) {
            errand.say("Failed: " + (paused ? "pause" : "resume") + " cluster management status code=" + reply.status()
                    + ", (" + reply.text() + ")");
            errand.advise(reply);
            return ExitCode.FAILED;
        }
        if (wait) {
            errand.print("'" + (paused ? "pause" : "resume")
                    + "' request sent, waiting until it is recognized by all nodes\n");
            List<Member> unaware = unaware(survey);
            if (!unaware.isEmpty()) {
                errand.say(MemberChoice.names(unaware) + " members didn't recognized pause state after "
                        + errand.cluster().config().loopWait().toSeconds() + " seconds");
                return ExitCode.FAILED;
            }
        }
        errand.say("Success: cluster management is " + word);
        return ExitCode.DONE;
    }

    /** Those that answer and have not seen it after loop_wait; a silent one is not waited for, as in patronictl. */
    private List<Member> unaware(ClusterSnapshot survey) throws InterruptedException {
        List<Member> members = survey.members().stream()
                .filter(member -> errand.cluster().url(member).isPresent())
                .toList();
        Duration longest = errand.cluster().config().loopWait().plusSeconds(1);
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            members = members.stream().filter(this::differs).toList();
            if (members.isEmpty() || System.nanoTime() > end) {
                return members;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private boolean differs(Member member) {
        return errand.reads()
                .node(errand.url(member))
                .join()
                .value()
                .filter(status -> status.flags().paused() != paused)
                .isPresent();
    }
}
