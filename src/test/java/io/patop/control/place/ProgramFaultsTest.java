package io.patop.control.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.Availability;
import io.patop.control.InjectedFault;
import io.patop.control.RunMembers.Look;
import io.patop.control.RunMembers.RunMember;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.JournalFiles;
import io.patop.control.journal.Repair;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import io.patop.watch.model.Dashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members that are broken and mended by commands, which are real executables here, and the journal of that. */
@Timeout(120)
class ProgramFaultsTest {

    private static final OwnCommands COMMANDS = new OwnCommands(Map.of(
            MemberOperation.STOP, new CommandTemplate(List.of("virsh", "shutdown", "{name}")),
            MemberOperation.KILL, new CommandTemplate(List.of("virsh", "destroy", "{name}")),
            MemberOperation.START, new CommandTemplate(List.of("virsh", "start", "{name}", "--on={host}"))));

    private final ReducerStory story = ReducerStory.healthy();

    @TempDir
    private Path folder;

    private Scripts scripts;
    private JournalFiles journal;
    private ProgramFaults faults;

    @BeforeEach
    void prepare() throws IOException {
        scripts = new Scripts(Files.createDirectory(folder.resolve("bin")));
        journal = new JournalFiles(folder.resolve("state").resolve("broken"));
        faults = faults(COMMANDS);
    }

    private ProgramFaults faults(MemberPlace place) {
        return new ProgramFaults(
                "lab",
                place,
                Map.of("a", "10.0.0.1", "b", "10.0.0.2"),
                journal,
                new LocalPrograms(scripts.environment()),
                Clock.systemUTC());
    }

    @Test
    void theLeaderIsStoppedByTheCommandThatWasShownAndTheJournalTellsHowItIsMended() throws Exception {
        scripts.make("virsh", "");
        Action stop = faults.stopLeader(dashboard()).offer().orElseThrow();

        assertThat(stop.text()).isEqualTo("stop a");
        assertThat(stop.shellCommand()).isEqualTo("virsh shutdown a");
        assertThat(perform(stop).failure()).isEmpty();
        assertThat(scripts.called("virsh")).containsExactly(List.of("shutdown", "a"));
        assertThat(journal.entries())
                .extracting(JournalEntry::repair)
                .containsExactly(new Repair.OnMember("lab", "start", "a", Optional.of("10.0.0.1")));

        Action start = faults.undo(stop).orElseThrow();
        assertThat(start.shellCommand()).isEqualTo("virsh start a --on=10.0.0.1");
        assertThat(perform(start).failure()).isEmpty();
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void whatAnotherPatopBrokeIsMendedFromItsEntryAlone() throws Exception {
        scripts.make("virsh", "");
        assertThat(perform(faults.stopLeader(dashboard()).offer().orElseThrow()).failure())
                .isEmpty();
        JournalEntry entry = journal.entries().get(0);

        Answer<String> answer = faults(COMMANDS).mendNow(entry);

        assertThat(answer.failure()).isEmpty();
        assertThat(scripts.called("virsh"))
                .containsExactly(List.of("shutdown", "a"), List.of("start", "a", "--on=10.0.0.1"));
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void anEntryOfAnotherClusterIsNotMendedHere() throws Exception {
        scripts.make("virsh", "");
        assertThat(perform(faults.stopLeader(dashboard()).offer().orElseThrow()).failure())
                .isEmpty();
        ProgramFaults others = new ProgramFaults(
                "other", COMMANDS, Map.of(), journal, new LocalPrograms(scripts.environment()), Clock.systemUTC());

        assertThat(others.mend(journal.entries().get(0))).isEmpty();
        assertThat(others.mendNow(journal.entries().get(0)).failure()).isPresent();
        assertThat(journal.entries()).hasSize(1);
    }

    @Test
    void aProgramThatFailsHasBrokenNothingAndIsQuotedInALine() throws Exception {
        scripts.make("virsh", "echo \"error: failed to get domain '$2'\" >&2; exit 1");

        assertThat(perform(faults.stopLeader(dashboard()).offer().orElseThrow()).failure())
                .hasValueSatisfying(failure ->
                        assertThat(failure.message()).isEqualTo("virsh failed (1): error: failed to get domain 'a'"));
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void aMissingProgramHasBrokenNothing() {
        ProgramFaults none = faults(new OwnCommands(Map.of(
                MemberOperation.FREEZE, new CommandTemplate(List.of("no-such-program", "{name}")),
                MemberOperation.THAW, new CommandTemplate(List.of("no-such-program", "{name}")))));
        Action freeze =
                none.offer(MemberOperation.FREEZE, "a", dashboard()).offer().orElseThrow();

        assertThat(none.perform(freeze, step -> {}).join().failure())
                .hasValueSatisfying(failure -> assertThat(failure.message())
                        .isEqualTo("there is no program no-such-program on the PATH; nothing was done"));
        assertThat(journal.entries()).isEmpty();
    }

    /** Whether it was done is unknown then, so that the journal keeps it. */
    @Test
    void whatTookTooLongStaysInTheJournal() {
        ProgramFaults slow = new ProgramFaults(
                "lab",
                COMMANDS,
                Map.of("a", "10.0.0.1"),
                journal,
                (command, longest) -> new Programs.TookTooLong("Password:"),
                Clock.systemUTC());

        assertThat(slow.perform(slow.stopLeader(dashboard()).offer().orElseThrow(), step -> {})
                        .join()
                        .failure())
                .hasValueSatisfying(failure -> assertThat(failure.message())
                        .isEqualTo("virsh took longer than 60 s and was ended, having said: Password:; whether it was"
                                + " done is not known"));
        assertThat(journal.entries()).hasSize(1);
    }

    /** What must be true before: missing, failing, hanging, and a novel are each a line, after which nothing was done. */
    @Test
    void withoutAnAnswerToWhatMustBeTrueNothingIsDone() throws Exception {
        ProgramFaults pods =
                faults(new KubernetesPods("prod", "cluster-name=demo", "postgres", Optional.empty(), "kubectl-here"));
        Action stop = pods.stopLeader(dashboard()).offer().orElseThrow();

        assertThat(refusal(pods, stop)).isEqualTo("there is no program kubectl-here on the PATH; nothing was done");
        scripts.make("kubectl-here", "echo 'error: You must be logged in to the server (Unauthorized)' >&2; exit 1");
        assertThat(refusal(pods, stop))
                .isEqualTo("kubectl-here failed (1): error: You must be logged in to the server (Unauthorized);"
                        + " nothing was done");
        scripts.make("kubectl-here", "yes 'It was a dark and stormy night' | head -n 200000");
        assertThat(refusal(pods, stop)).isEqualTo("no pod a in namespace prod has the labels cluster-name=demo");
        ProgramFaults hanging = new ProgramFaults(
                "lab",
                new KubernetesPods("prod", "cluster-name=demo", "postgres", Optional.empty(), "kubectl-here"),
                Map.of(),
                journal,
                (command, longest) -> new Programs.TookTooLong("Password:"),
                Clock.systemUTC());
        assertThat(refusal(hanging, stop))
                .isEqualTo(
                        "kubectl-here took longer than 20 s and was ended, having said: Password:; nothing was done");
        assertThat(journal.entries()).isEmpty();
    }

    private String refusal(ProgramFaults pods, Action action) {
        return pods.perform(action, step -> {})
                .join()
                .failure()
                .map(Failure::message)
                .orElse("");
    }

    @Test
    void whatCannotBeJournalledIsNotBroken() throws Exception {
        scripts.make("virsh", "");
        Files.writeString(folder.resolve("state"), "no folder");

        assertThat(perform(faults.stopLeader(dashboard()).offer().orElseThrow()).failure())
                .hasValueSatisfying(failure -> assertThat(failure.message())
                        .startsWith("nothing was broken, since the journal cannot be written"));
        assertThat(scripts.called("virsh")).isEmpty();
    }

    @Test
    void aHostileNameOrHostIsPutIntoNoCommand() throws Exception {
        scripts.make("virsh", "");
        for (String hostile :
                List.of("a;reboot", "$(reboot)", "a b", "-oProxyCommand", "a\nb", "`id`", "ä", "a/../b")) {
            story.seconds(1)
                    .cluster(ReducerStory.leader(hostile.replace("\n", "\\n"), 1), ReducerStory.replica("b", 1, 0));
            Availability availability = faults.offer(MemberOperation.STOP, hostile, dashboard());
            assertThat(availability.hindrance())
                    .as(hostile)
                    .contains("the member's name is not put into a command: it has other signs than letters, digits and"
                            + " . _ - :");
            Action.OnMember forged =
                    new Action.OnMember(MemberOperation.STOP, hostile, Optional.empty(), "virsh shutdown " + hostile);
            assertThat(perform(forged).failure()).as(hostile).isPresent();
            assertThat(new PlacedMember("a", Optional.of(hostile)).hindrance(true))
                    .as(hostile)
                    .isPresent();
        }
        assertThat(scripts.called("virsh")).isEmpty();
    }

    @Test
    void onlyTheCommandThatWasShownIsRun() throws Exception {
        scripts.make("virsh", "");
        Action.OnMember other =
                new Action.OnMember(MemberOperation.STOP, "a", Optional.of("10.0.0.1"), "virsh shutdown b");

        assertThat(perform(other).failure()).hasValueSatisfying(failure -> assertThat(failure.message())
                .isEqualTo("the command is not the one that was shown, so it was not run"));
        assertThat(scripts.called("virsh")).isEmpty();
    }

    @Test
    void whatHasNoCommandSaysSo() {
        assertThat(faults.offer(MemberOperation.FREEZE, "a", dashboard()).hindrance())
                .contains("the configuration file has no command to freeze a member");
        assertThat(faults.offer(InjectedFault.PARTITION, Optional.of("a"), dashboard())
                        .hindrance())
                .contains("the configuration file has no command to partition a member");
        assertThat(faults.offer(InjectedFault.DISK_FULL, Optional.of("a"), dashboard())
                        .hindrance())
                .contains("not possible by commands of the configuration file");
        assertThat(faults.offer(MemberOperation.START, "a", dashboard()).hindrance())
                .contains("a runs: its API answers");
    }

    @Test
    void whatBreaksNeedsWhatMends() {
        assertThatThrownBy(() -> new OwnCommands(
                        Map.of(MemberOperation.FREEZE, new CommandTemplate(List.of("pct", "suspend", "{name}")))))
                .hasMessage("freeze needs the command thaw beside it, which puts it right");
        assertThatThrownBy(() -> new CommandTemplate(List.of("virsh", "{member}")))
                .hasMessage("in a command {name} and {host} are known, not {member}");
        assertThatThrownBy(() -> new CommandTemplate(List.of("{name}")))
                .hasMessageStartingWith("which program is run does not depend on the member");
    }

    /** The state is what is known: by the member's own API, else by what patop did, else unknown. */
    @Test
    void howMembersAreRunIsToldAsLastKnown() throws Exception {
        scripts.make("virsh", "");
        assertThat(perform(faults.stopLeader(dashboard()).offer().orElseThrow()).failure())
                .isEmpty();
        story.seconds(1).silent("a").silent("b");

        List<RunMember> run = faults.runMembers(dashboard()).orElseThrow().members();

        assertThat(run.get(0).place()).isEqualTo("10.0.0.1");
        assertThat(run.get(0).state()).isEqualTo("patop was to stop a");
        assertThat(run.get(0).look()).isEqualTo(Look.BROKEN);
        assertThat(run.get(1).state()).isEqualTo("unknown: its API does not answer");
        assertThat(run.get(1).look()).isEqualTo(Look.UNKNOWN);
        assertThat(run.get(2).look()).isEqualTo(Look.RUNS);
    }

    private Dashboard dashboard() {
        return story.dashboard();
    }

    private Answer<String> perform(Action action) {
        return faults.perform(action, step -> {}).join();
    }
}
