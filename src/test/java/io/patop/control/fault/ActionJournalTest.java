package io.patop.control.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.journal.JournalEntry;
import io.patop.control.journal.MemoryJournal;
import io.patop.control.journal.Repair;
import io.patop.docker.EngineInfo;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.watch.model.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the journal holds of a service that is scaled, by whichever command. */
class ActionJournalTest {

    private final MemoryJournal journal = new MemoryJournal();

    @Test
    void aServiceNamedByItsIdHasTheSameEntry() {
        ActionJournal kept = seeing(3);
        Optional<JournalEntry> entry = kept.begin(scale("s1", 0), why -> {});
        assertThat(entry).map(JournalEntry::repair).contains(new Repair.Scale("patroni_a", 3));
        done(kept, scale("s1", 0), entry);
        assertThat(journal.entries()).hasSize(1);
        done(kept, scale("patroni_a", 3), Optional.empty());
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void whatIsAtNoneAlreadyKeepsTheEntryThatTellsOfBefore() {
        done(seeing(3), scale("patroni_a", 0), seeing(3).begin(scale("patroni_a", 0), why -> {}));
        assertThat(seeing(0).begin(scale("patroni_a", 0), why -> {})).isEmpty();
        assertThat(journal.entries()).map(JournalEntry::repair).containsExactly(new Repair.Scale("patroni_a", 3));
    }

    @Test
    void whatWasNotSentIsNotBroken() {
        failed(Failure.Kind.TIMED_OUT, "Docker at /x does not answer in time: this one was not sent");
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void whatWasRefusedIsNotBroken() {
        failed(Failure.Kind.REJECTED, "Docker says: update out of sequence");
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void whatMayHaveBeenDoneStaysInTheJournal() {
        failed(Failure.Kind.TIMED_OUT, "Docker at /x does not answer; whether it was done is not known");
        assertThat(journal.entries()).hasSize(1);
    }

    private void failed(Failure.Kind kind, String why) {
        ActionJournal kept = seeing(1);
        Action action = scale("patroni_a", 0);
        kept.end(
                action,
                kept.begin(action, none -> {}),
                new Answer.Missing<String>(new Failure(kind, why), Duration.ZERO));
    }

    private static void done(ActionJournal kept, Action action, Optional<JournalEntry> entry) {
        kept.end(action, entry, new Answer.Given<>("", Duration.ZERO));
    }

    private static Action scale(String service, int replicas) {
        return new Action.ScaleService(service, replicas, Optional.empty());
    }

    private ActionJournal seeing(int replicas) {
        Service service = new Service(
                "s1",
                "patroni_a",
                Service.Mode.REPLICATED,
                Optional.of(replicas),
                Optional.of(replicas),
                "image",
                Optional.empty(),
                Set.of(),
                List.of(),
                Optional.empty());
        EngineView view = new EngineView(
                new EngineInfo("host", "20.10", "n1", EngineInfo.Swarm.MANAGER),
                List.of(service),
                List.of(),
                List.of(),
                Optional.empty());
        return new ActionJournal(journal, () -> Optional.of(view), "unix:///x", Clock.systemUTC());
    }
}
