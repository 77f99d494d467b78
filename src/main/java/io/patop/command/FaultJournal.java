package io.patop.command;

import io.patop.cluster.Answer;
import io.patop.command.shell.Home;
import io.patop.command.shell.Program;
import io.patop.control.fault.ActionJournal;
import io.patop.control.journal.Journal;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.JournalFiles;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.docker.Scaled;
import io.patop.text.Printable;
import io.patop.watch.model.Action;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The journal of the person who runs a command, and what is said of it. */
final class FaultJournal {

    private FaultJournal() {}

    static JournalFiles of(CommandSpec command) {
        Map<String, String> environment = command.root().userObject() instanceof Program program
                ? program.environment().variables()
                : Map.of();
        return of(environment);
    }

    static JournalFiles of(Map<String, String> environment) {
        return JournalFiles.of(environment, Home.of(environment));
    }

    /** The folder beside the journal in which drills keep why a cluster did not recover. */
    static Path evidence(JournalFiles journal) {
        return journal.folder().resolveSibling("evidence");
    }

    /** Returns the line that tells of what an earlier patop left broken; empty if that is nothing. */
    static Optional<String> line(Journal journal) {
        List<JournalEntry> abandoned = journal.abandoned();
        if (abandoned.isEmpty()) {
            return Optional.empty();
        }
        String more = abandoned.size() == 1 ? "" : " (and " + (abandoned.size() - 1) + " more)";
        return Optional.of(Printable.line("not yet mended by an earlier patop: "
                + abandoned.get(0).broken() + more + "; patop mend puts it right, if it is not already"));
    }

    /** Scales a service; to 0 it is written to the journal before, and struck out when it is scaled up. */
    static Answer<Scaled> scaled(Journal journal, DockerClient docker, String service, int replicas) {
        Action action = new Action.ScaleService(service, replicas, Optional.empty());
        Optional<EngineView> view = docker.view().value();
        ActionJournal kept = new ActionJournal(journal, () -> view, docker.place(), Clock.systemUTC());
        Optional<JournalEntry> entry = kept.begin(action, why -> System.err.println(Printable.line("patop: " + why)));
        Answer<Scaled> answer = docker.scale(service, replicas);
        kept.end(action, entry, answer);
        return answer;
    }
}
