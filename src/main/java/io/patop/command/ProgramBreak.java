package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Consent;
import io.patop.command.shell.ExitCode;
import io.patop.control.place.ProgramFaults;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Dashboard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code patop break} where members are run by other means than Docker.
 *
 * @param faults by which they are broken
 * @param cluster the cluster's name
 * @param dashboard the cluster now
 */
record ProgramBreak(ProgramFaults faults, String cluster, Dashboard dashboard) {

    private static final List<MemberOperation> ALL =
            List.of(MemberOperation.STOP, MemberOperation.KILL, MemberOperation.FREEZE, MemberOperation.PARTITION);

    /** Prints which faults are possible now. */
    int list(Optional<String> target) {
        String member = target.or(() -> dashboard.leadership().present()).orElse("");
        for (MemberOperation each : ALL) {
            BreakCommand.printOffer(
                    each.word(),
                    faults.offer(each, member, dashboard),
                    action -> action.text() + ": " + action.shellCommand());
        }
        return ExitCode.DONE;
    }

    /** Breaks it after a question, for that time or until it is mended. */
    int perform(String word, Optional<String> target, Optional<Duration> time, Consent consent)
            throws InterruptedException {
        MemberOperation operation = MemberOperation.named(word)
                .filter(ALL::contains)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "no fault \"" + Printable.line(word) + "\" of a cluster with break in its entry: "
                                + ALL.stream().map(MemberOperation::word).collect(Collectors.joining(", "))));
        if (target.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "say the member: patop break " + word + " MEMBER");
        }
        MemberFault.requireMember(dashboard, target.get());
        Action action = BreakCommand.possible(faults.offer(operation, target.get(), dashboard));
        if (!consent.isGiven(Printable.line("In cluster " + cluster + ": " + action.text() + BreakCommand.howLong(time)
                + ", by: " + action.shellCommand()))) {
            return ExitCode.FAILED;
        }
        return broken(action, time);
    }

    private int broken(Action action, Optional<Duration> time) throws InterruptedException {
        if (!isDone(action)) {
            return ExitCode.FAILED;
        }
        Action undo = faults.undo(action).orElseThrow();
        if (time.isEmpty()) {
            faults.leaveBroken();
            System.out.println(Printable.line("patop mend puts it right, by: " + undo.shellCommand()));
            return ExitCode.DONE;
        }
        faults.undoAtTheEnd(action);
        TimeUnit.MILLISECONDS.sleep(time.get().toMillis());
        return isDone(undo) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private boolean isDone(Action action) {
        Answer<String> answer = faults.perform(action, step -> {}).join();
        Optional<Failure> failure = answer.failure();
        failure.ifPresent(
                why -> System.err.println(Printable.line("patop: could not " + action.text() + ": " + why.message())));
        if (failure.isEmpty()) {
            System.out.println(Printable.line("done: " + action.text()));
        }
        return failure.isEmpty();
    }
}
