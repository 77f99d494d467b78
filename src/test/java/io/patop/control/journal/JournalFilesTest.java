package io.patop.control.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is broken is on the disk before it is broken, and no file there harms whoever reads it. */
class JournalFilesTest {

    private static final String CONTAINER = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    private Path home;

    private JournalFiles journal;

    @BeforeEach
    void inAStateFolder() {
        journal = JournalFiles.of(Map.of("XDG_STATE_HOME", home.toString()), Path.of("/nowhere"));
    }

    @Test
    void eachKindOfRepairIsReadAsItWasWritten() throws Exception {
        List<Repair> repairs = List.of(
                new Repair.Scale("patroni_etcd", 3),
                new Repair.Start(CONTAINER, "patroni-1"),
                new Repair.Thaw(CONTAINER, "patroni-1"),
                new Repair.Undo("memory", CONTAINER, "patroni-1", Map.of("memory", "0", "swap", "-1")));
        for (int i = 0; i < repairs.size(); i++) {
            journal.write(entry("fault-" + i, journal.owner(), repairs.get(i)));
        }
        assertThat(other().entries()).extracting(JournalEntry::repair).containsExactlyElementsOf(repairs);
        assertThat(other().troubles()).isEmpty();
    }

    @Test
    void nobodyElseCanReadItAndNoDraftIsLeft() throws Exception {
        journal.write(entry("partition-1", journal.owner(), new Repair.Scale("a", 1)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal.folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(journal.folder().resolve("partition-1.json"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(journal.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "partition-1.json", journal.owner().lock());
        }
    }

    /** Two services whose names begin alike must not share an entry, or one repair is lost. */
    @Test
    void namesThatBeginAlikeHaveEntriesOfTheirOwn() {
        assertThat(JournalEntry.id("scaled", "postgres-production_patroni1"))
                .isNotEqualTo(JournalEntry.id("scaled", "postgres-production_patroni2"))
                .startsWith("scaled-postgres-production-patr");
        assertThat(JournalEntry.id("dcs-stop", "patroni_etcd")).isEqualTo("dcs-stop-patroni-etcd");
        assertThat(JournalEntry.id("partition", CONTAINER)).hasSize("partition-".length() + 24);
    }

    /** What could not be read again is refused before anything is broken. */
    @Test
    void whatCannotBeReadAgainIsNotWritten() {
        Repair.Undo odd =
                new Repair.Undo("disk-full", CONTAINER, "patroni-1", Map.of("file", "/my data/patop-filled-disk"));
        assertThatThrownBy(() -> journal.write(entry("disk-full-1", journal.owner(), odd)))
                .isInstanceOf(IOException.class);
        assertThat(other().entries()).isEmpty();
    }

    @Test
    void aMendedEntryIsGone() throws Exception {
        journal.write(entry("partition-1", journal.owner(), new Repair.Scale("a", 1)));
        journal.remove("partition-1");
        journal.remove("partition-1");
        journal.remove("../../etc/passwd");
        assertThat(other().entries()).isEmpty();
    }

    @Test
    void withoutAFolderThereIsNothing() {
        assertThat(journal.entries()).isEmpty();
        assertThat(journal.troubles()).isEmpty();
    }

    @Test
    void aFileThatIsNotPatopsIsToldAndHidesNoOther() throws Exception {
        journal.write(entry("good-1", journal.owner(), new Repair.Scale("a", 1)));
        String good = Files.readString(journal.folder().resolve("good-1.json"));
        put("cut-short.json", good.substring(0, good.length() / 2));
        put("another-name.json", good);
        put("too-large.json", good + " ".repeat(20_000));
        put("no-entry.json", "[]");
        put("deep.json", "[".repeat(10_000));
        put("command.json", good.replace("good-1", "command").replace("\"a\"", "\"a; rm -rf /\""));
        put("path.json", good.replace("good-1", "path").replace("\"scale\"", "\"start\""));
        put("never.json", good.replace("good-1", "never").replaceFirst("\"replicas\" : 1", "\"replicas\" : 0"));
        Files.createSymbolicLink(journal.folder().resolve("link.json"), Path.of("/dev/zero"));
        Files.createDirectory(journal.folder().resolve("folder.json"));

        assertThat(journal.entries()).extracting(JournalEntry::id).containsExactly("good-1");
        assertThat(journal.troubles()).hasSize(10).allSatisfy(trouble -> assertThat(trouble)
                .startsWith("journal file ")
                .contains(".json is left out: ")
                .hasSizeLessThan(500));
    }

    @Test
    void textOfAHostileFileIsPrintable() throws Exception {
        journal.write(entry("good-1", journal.owner(), new Repair.Scale("a", 1)));
        Path file = journal.folder().resolve("good-1.json");
        Files.writeString(
                file, Files.readString(file).replace("scale service a to 0", "\\u001b[2J" + "x".repeat(5000)));
        String broken = journal.entries().get(0).broken();
        assertThat(broken).doesNotContain("\u001b").hasSizeLessThan(310);
    }

    @Test
    void whoHasEndedIsKnownFromWhoRuns() throws Exception {
        EntryOwner here = journal.owner();
        assertThat(state(here)).isEqualTo(EntryOwner.State.RUNNING);
        assertThat(state(new EntryOwner(here.boot(), here.processes(), here.pid(), here.started() + 1000, "")))
                .as("the process id was given again")
                .isEqualTo(EntryOwner.State.ENDED);
        assertThat(state(new EntryOwner("another boot", here.processes(), here.pid(), here.started(), "")))
                .isEqualTo(EntryOwner.State.ENDED);
        assertThat(state(new EntryOwner(here.boot(), "pid:[1]", here.pid(), here.started(), "")))
                .isEqualTo(EntryOwner.State.UNKNOWN);
    }

    @Test
    void aLockThatNobodyHoldsTellsOfAnEndInAnotherContainerToo() throws Exception {
        EntryOwner here = journal.owner();
        String lock = "owner-7-00000000-0000-0000-0000-000000000000.lock";
        EntryOwner inAContainer = new EntryOwner(here.boot(), "pid:[1]", 7, 1, lock);
        journal.write(entry("good-1", inAContainer, new Repair.Scale("a", 1)));
        put(lock, "");
        assertThat(journal.abandoned()).extracting(JournalEntry::id).containsExactly("good-1");
    }

    @Test
    void whatDockerPutRightByItselfIsStruckOut() throws Exception {
        journal.write(entry("stopped-1", journal.owner(), new Repair.Start(CONTAINER, "patroni-1")));
        journal.write(entry("scaled-1", journal.owner(), new Repair.Scale("a", 1)));
        Instant written = Instant.parse("2026-11-28T12:00:00Z");
        journal.strikeOut(written, repair -> true);
        assertThat(journal.entries()).as("what is known is older than they are").hasSize(2);
        journal.strikeOut(written.plusSeconds(1), repair -> repair instanceof Repair.Start);
        assertThat(journal.entries()).extracting(JournalEntry::id).containsExactly("scaled-1");
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws Exception {
        Files.writeString(home.resolve("patop"), "a file where the folder would be");
        assertThatThrownBy(() -> journal.write(entry("good-1", journal.owner(), new Repair.Scale("a", 1))))
                .isInstanceOf(IOException.class);
    }

    private EntryOwner.State state(EntryOwner owner) {
        return journal.state(entry("some-1", owner, new Repair.Scale("a", 1)));
    }

    private JournalFiles other() {
        return new JournalFiles(journal.folder());
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(journal.folder().resolve(name), text);
    }

    private static JournalEntry entry(String id, EntryOwner owner, Repair repair) {
        return new JournalEntry(
                id,
                Instant.parse("2026-11-28T12:00:00Z"),
                owner,
                "unix:///var/run/docker.sock",
                Optional.of("patroni1"),
                "scale service a to 0",
                repair);
    }
}
