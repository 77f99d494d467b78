package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.command.patronictl.Cluster;
import io.patop.command.patronictl.ClusterSnapshot;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.Consent;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Threads;
import io.patop.command.shell.TimeSpan;
import io.patop.command.shell.Version;
import io.patop.control.Availability;
import io.patop.control.InjectedFault;
import io.patop.control.Lever;
import io.patop.control.fault.EngineFaults;
import io.patop.control.journal.JournalFiles;
import io.patop.control.place.ProgramFaults;
import io.patop.docker.DockerClient;
import io.patop.text.DurationText;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patop break FAULT MEMBER}: causes a fault, for a time or until it is mended. */
@Command(
        name = "break",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Break something of the cluster on purpose, after a question: cut off a member, slow down its"
                + " network, stop the DCS … (--list). patop mend puts it right; with --for patop does so by itself.")
final class BreakCommand implements Callable<Integer> {

    /** The member of the DCS that leads it. */
    private static final String DCS_LEADER = "leader";

    @Mixin
    private Connection connection;

    @Mixin
    private Consent consent;

    @Spec
    private CommandSpec command;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FAULT", description = "What to break; --list tells all.")
    private String fault;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MEMBER",
            description = "A member by Patroni's name for it; of a fault of the DCS or the proxy the service or"
                    + " container, if there are several; of etcd also leader: who leads it.")
    private String target;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long, e.g. 30s: then it is put right, and at once on Ctrl-C, SIGTERM and SIGHUP.")
    private String span;

    @Option(names = "--list", description = "Tell all faults, and which are possible now for MEMBER or the leader.")
    private boolean list;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "${env:PATOP_IMAGE:-patop}",
            description = "Of the helper that changes a member's network; it has sh, nft and tc. Default:"
                    + " ${DEFAULT-VALUE}. [PATOP_IMAGE]")
    private String image;

    @Override
    public Integer call() throws InterruptedException {
        if (list
                && target == null
                && fault != null
                && InjectedFault.named(fault).isEmpty()) {
            target = fault;
        }
        Optional<Duration> time = Optional.ofNullable(span).map(BreakCommand::time);
        if (fault == null && !list) {
            throw new CommandFailure(ExitCode.USAGE, "say what to break: " + words());
        }
        if (!list) {
            consent.requireWritable();
        }
        JournalFiles journal = FaultJournal.of(command);
        Optional<ProgramFaults> programs = ClusterFaults.of(command, journal);
        if (programs.isPresent()) {
            return byPrograms(programs.get(), time);
        }
        Optional<InjectedFault> wanted = wanted();
        DockerClient docker = connection.patientDocker();
        try (EngineFaults faults = new EngineFaults(docker, journal, image, Clock.systemUTC())) {
            ClusterSnapshot cluster = survey();
            Dashboard dashboard = MemberFault.withDocker(cluster.dashboard(), docker);
            if (list) {
                if (consent.forbidsChanges()) {
                    faults.means().lookForImage();
                } else {
                    faults.means().lookForAll();
                }
                return list(faults, dashboard, wanted);
            }
            faults.means().lookForImage();
            Action action = action(faults, wanted.get(), dashboard);
            String howLong = faults.undo(action).isEmpty() ? "" : howLong(time);
            if (!consent.isGiven(Printable.line("In cluster " + cluster.name() + ": " + action.text() + howLong))) {
                return ExitCode.FAILED;
            }
            return perform(faults, action, time);
        }
    }

    private Optional<InjectedFault> wanted() {
        return Optional.ofNullable(fault)
                .filter(word -> !list || !word.equals(target))
                .map(BreakCommand::fault);
    }

    private ClusterSnapshot survey() {
        return Cluster.of(connection, connection.patroni(Threads.pool("patop-http")))
                .survey();
    }

    private int byPrograms(ProgramFaults programs, Optional<Duration> time) throws InterruptedException {
        try (programs) {
            ClusterSnapshot cluster = survey();
            ProgramBreak breaking = new ProgramBreak(programs, cluster.name(), cluster.dashboard());
            return list
                    ? breaking.list(Optional.ofNullable(target))
                    : breaking.perform(fault, Optional.ofNullable(target), time, consent);
        }
    }

    private Action action(EngineFaults faults, InjectedFault wanted, Dashboard dashboard) {
        Optional<String> whom = wanted.on() == InjectedFault.On.DCS && DCS_LEADER.equals(target)
                ? Optional.of(dcsLeader(faults, dashboard))
                : Optional.ofNullable(target);
        if (wanted.on() == InjectedFault.On.MEMBER) {
            if (whom.isEmpty()) {
                throw new CommandFailure(ExitCode.USAGE, "say the member: patop break " + wanted.word() + " MEMBER");
            }
            MemberFault.requireMember(dashboard, target);
        }
        return possible(faults.offer(wanted, whom, dashboard));
    }

    /** Returns what is offered; fails with the reason where nothing is. */
    static Action possible(Availability availability) {
        return availability
                .offer()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        Printable.line("nothing was broken: "
                                + availability.hindrance().orElse(""))));
    }

    /** Returns for how long it stays broken, as the end of a question. */
    static String howLong(Optional<Duration> time) {
        return time.map(most -> " for " + DurationText.text(most)).orElse(" until patop mend puts it right");
    }

    /** Prints a fault with what it will do, or the reason why it is not possible. */
    static void printOffer(String fault, Availability availability, Function<Action, String> text) {
        System.out.println(Printable.line(String.format(
                "%-18s %s",
                fault,
                availability
                        .offer()
                        .map(text)
                        .orElseGet(() ->
                                "not possible: " + availability.hindrance().orElse("")))));
    }

    private static String dcsLeader(EngineFaults faults, Dashboard dashboard) {
        Answer<String> leader = faults.dcsLeader(dashboard);
        return leader.value()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED,
                        Printable.line("nothing was broken: "
                                + leader.failure().map(Failure::message).orElse("") + "; say its name")));
    }

    private static int perform(EngineFaults faults, Action action, Optional<Duration> time)
            throws InterruptedException {
        Optional<Failure> failure = answer(faults, action).failure();
        if (failure.isPresent()) {
            System.err.println("patop: could not " + Printable.line(action.text()) + ": "
                    + failure.get().message());
            return ExitCode.FAILED;
        }
        System.out.println(Printable.line("done: " + action.text()));
        Optional<Action> undo = faults.undo(action);
        if (undo.isEmpty()) {
            return ExitCode.DONE;
        }
        if (time.isEmpty()) {
            faults.leaveBroken();
            System.out.println(Printable.line(undo.get().shellCommand() + " puts it right"));
            return ExitCode.DONE;
        }
        TimeUnit.MILLISECONDS.sleep(time.get().toMillis());
        Optional<Failure> still = answer(faults, undo.get()).failure();
        still.ifPresent(why -> System.err.println(
                "patop: could not " + Printable.line(undo.get().text()) + ": " + why.message()));
        System.out.print(
                still.isPresent() ? "" : Printable.line("done: " + undo.get().text()) + "\n");
        return still.isPresent() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static Answer<String> answer(EngineFaults faults, Action action) {
        Lever<?> lever = faults.levers().stream()
                .filter(one -> one.takes().isInstance(action))
                .findFirst()
                .orElseThrow();
        return lever.perform(action, step -> {}).join();
    }

    private int list(EngineFaults faults, Dashboard dashboard, Optional<InjectedFault> only) {
        Optional<String> member =
                Optional.ofNullable(target).or(() -> dashboard.leadership().present());
        for (InjectedFault each : InjectedFault.values()) {
            if (only.filter(wanted -> wanted != each).isPresent()) {
                continue;
            }
            Availability availability = faults.offer(
                    each,
                    each.on() == InjectedFault.On.MEMBER
                            ? member
                            : Optional.ofNullable(target)
                                    .filter(name -> dashboard.member(name).isEmpty()),
                    dashboard);
            printOffer(each.word(), availability, Action::text);
        }
        return ExitCode.DONE;
    }

    private static Duration time(String text) {
        try {
            return TimeSpan.of("--for", text);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(ExitCode.USAGE, Printable.message(wrong));
        }
    }

    private static InjectedFault fault(String word) {
        return InjectedFault.named(word)
                .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, "no fault \"" + word + "\": " + words()));
    }

    private static String words() {
        return Arrays.stream(InjectedFault.values()).map(InjectedFault::word).collect(Collectors.joining(", "));
    }
}
