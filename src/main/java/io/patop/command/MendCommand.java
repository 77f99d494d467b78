package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.command.shell.CommandFailure;
import io.patop.command.shell.Connection;
import io.patop.command.shell.Consent;
import io.patop.command.shell.ExitCode;
import io.patop.command.shell.Program;
import io.patop.command.shell.Version;
import io.patop.control.fault.EngineFaults;
import io.patop.control.journal.EntryOwner;
import io.patop.control.journal.Journal;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.JournalFiles;
import io.patop.control.journal.Repair;
import io.patop.control.place.ProgramFaults;
import io.patop.text.Printable;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patop mend}: puts right what the journal says is broken, after a question. */
@Command(
        name = "mend",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Put right what patop broke and did not put right, by its journal, after a question. What a patop"
                + " that still runs has broken is left to that.")
final class MendCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    @Mixin
    private Connection connection;

    @Mixin
    private Consent consent;

    @Spec
    private CommandSpec command;

    @Parameters(
            arity = "0..*",
            paramLabel = "ENTRY",
            description = "Only these, by the names that --list tells; all without.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            defaultValue = "${env:PATOP_IMAGE:-patop}",
            description = "Of the helper that changes a member's network. Default: ${DEFAULT-VALUE}. [PATOP_IMAGE]")
    private String image;

    @Option(names = "--list", description = "Tell what is broken, and mend nothing.")
    private boolean list;

    @Override
    public Integer call() {
        JournalFiles journal = FaultJournal.of(command);
        journal.troubles().forEach(trouble -> System.err.println("patop: " + trouble));
        List<JournalEntry> entries = journal.entries();
        if (list) {
            entries.forEach(entry -> System.out.println(line(journal, entry)));
            return ExitCode.DONE;
        }
        consent.requireWritable();
        List<JournalEntry> wanted = wanted(journal, entries);
        if (wanted.isEmpty()) {
            System.out.println("nothing is left broken");
            return ExitCode.DONE;
        }
        Map<JournalEntry, ProgramFaults> programs = new HashMap<>();
        List<JournalEntry> possible = wanted.stream()
                .filter(entry -> hasMeans(entry, journal, programs))
                .toList();
        if (possible.isEmpty()) {
            return ExitCode.FAILED;
        }
        String what = possible.stream().map(entry -> text(entry, programs)).collect(Collectors.joining(", "));
        if (!consent.isGiven(what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1))) {
            return ExitCode.FAILED;
        }
        boolean mended = possible.size() == wanted.size();
        try (EngineFaults faults = new EngineFaults(connection.patientDocker(), journal, image, Clock.systemUTC())) {
            for (JournalEntry entry : possible) {
                ProgramFaults program = programs.get(entry);
                mended &= program != null ? mend(program::mendNow, entry) : mend(faults::mendNow, entry);
            }
        }
        return mended ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Returns whether it is known how the entry is mended; says why not. Adds the means where they are programs. */
    private boolean hasMeans(JournalEntry entry, Journal journal, Map<JournalEntry, ProgramFaults> programs) {
        if (!(entry.repair() instanceof Repair.OnMember on)) {
            return true;
        }
        Map<String, String> variables = command.root().userObject() instanceof Program program
                ? program.environment().variables()
                : Map.of();
        try {
            ProgramFaults faults = ClusterFaults.mending(on, variables, journal);
            if (faults.mend(entry).isPresent()) {
                programs.put(entry, faults);
                return true;
            }
            System.err.println(
                    Printable.line("patop: could not " + entry.repair().text() + ": break of cluster " + on.cluster()
                            + " has no command for that any more"));
        } catch (CommandFailure mistake) {
            System.err.println(
                    Printable.line("patop: could not " + entry.repair().text() + ": " + Printable.message(mistake)));
        }
        return false;
    }

    /** A program is shown as it will be run. */
    private static String text(JournalEntry entry, Map<JournalEntry, ProgramFaults> programs) {
        return Optional.ofNullable(programs.get(entry))
                .flatMap(program -> program.mend(entry))
                .map(action -> action.text() + ", by: " + action.shellCommand())
                .orElseGet(() -> entry.repair().text());
    }

    private static boolean mend(Function<JournalEntry, Answer<String>> mending, JournalEntry entry) {
        Answer<String> answer = mending.apply(entry);
        String words = entry.repair().text();
        answer.value()
                .ifPresent(said -> System.out.println(
                        Printable.line("done: " + words + (said.isEmpty() ? "" : " (" + said + ")"))));
        answer.failure()
                .ifPresent(failure ->
                        System.err.println(Printable.line("patop: could not " + words + ": " + failure.message())));
        return answer.failure().isEmpty();
    }

    /** What is to be mended: without names all that nobody else may be at. */
    private List<JournalEntry> wanted(Journal journal, List<JournalEntry> entries) {
        for (String name : names) {
            if (entries.stream().noneMatch(entry -> entry.id().equals(name))) {
                throw new CommandFailure(
                        ExitCode.FAILED, Printable.line("no entry " + name + " in the journal: see patop mend --list"));
            }
        }
        List<JournalEntry> wanted = new ArrayList<>();
        for (JournalEntry entry : entries) {
            boolean named = names.contains(entry.id());
            EntryOwner.State owner = journal.state(entry);
            boolean free = owner == EntryOwner.State.ENDED || (named && owner == EntryOwner.State.UNKNOWN);
            if (free && (named || names.isEmpty())) {
                wanted.add(entry);
            } else if (named || names.isEmpty()) {
                System.err.println(Printable.line("patop: left alone: " + line(journal, entry)));
            }
        }
        return wanted;
    }

    private static String line(Journal journal, JournalEntry entry) {
        String owner =
                switch (journal.state(entry)) {
                    case RUNNING -> "patop " + entry.owner().pid() + " runs and mends it";
                    case ENDED -> "its patop has ended";
                    case UNKNOWN -> "its patop ran in another container: name the entry to mend it";
                };
        return Printable.line(entry.id() + "  " + TIME.format(entry.at().atZone(ZoneId.systemDefault())) + "  "
                + entry.broken() + " (" + owner + ")");
    }
}
