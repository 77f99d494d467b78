package io.patop.command.patronictl;

import io.patop.cluster.Member;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.ExitCode;
import io.patop.patroni.CommandReply;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Turns maintenance mode on or off, and waits for the nodes to see it. */
final class Maintenance {

    private static final long PAUSE_MILLIS = 1000;

    private final CommandContext context;
    private final boolean paused;

    Maintenance(CommandContext context, boolean paused) {
        this.context = context;
        this.paused = paused;
    }

    /** Turns maintenance mode on or off; returns the exit code. */
    int set(ClusterSnapshot snapshot, boolean wait) throws InterruptedException {
        String word = paused ? "paused" : "resumed";
        if (snapshot.listed().view().paused() == paused) {
            throw CommandFailure.ofPatronictl("Cluster is " + (paused ? "already" : "not") + " paused");
        }
        CommandReply reply = context.tellAny(snapshot, url -> context.commands()
                .patchConfig(url, Collections.singletonMap("pause", paused ? Boolean.TRUE : null)));
        if (!reply.isAccepted()) {
            context.say("Failed: " + (paused ? "pause" : "resume") + " cluster management status code=" + reply.status()
                    + ", (" + reply.text() + ")");
            context.advise(reply);
            return ExitCode.FAILED;
        }
        if (wait) {
            context.print("'" + (paused ? "pause" : "resume")
                    + "' request sent, waiting until it is recognized by all nodes\n");
            List<Member> unaware = unaware(snapshot);
            if (!unaware.isEmpty()) {
                context.say(MemberChoice.names(unaware) + " members didn't recognized pause state after "
                        + context.cluster().config().loopWait().toSeconds() + " seconds");
                return ExitCode.FAILED;
            }
        }
        context.say("Success: cluster management is " + word);
        return ExitCode.DONE;
    }

    /**
     * Returns the members that answer and have not seen the change after loop_wait. A member that does not answer is
     * not waited for, as in patronictl.
     */
    private List<Member> unaware(ClusterSnapshot snapshot) throws InterruptedException {
        List<Member> members = snapshot.members().stream()
                .filter(member -> context.cluster().url(member).isPresent())
                .toList();
        Duration longest = context.cluster().config().loopWait().plusSeconds(1);
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
        return context.reads()
                .node(context.url(member))
                .join()
                .value()
                .filter(status -> status.flags().paused() != paused)
                .isPresent();
    }
}
