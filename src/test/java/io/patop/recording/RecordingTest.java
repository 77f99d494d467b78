package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.watch.Session;
import io.patop.watch.Trace;
import io.patop.watch.lanes.Lanes;
import io.patop.watch.lanes.Span;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import io.patop.watch.rules.Reducer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that is recorded, and what is read of it: the same, whole or broken off. */
class RecordingTest {

    @TempDir
    Path directory;

    private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @CsvSource({"clean-stop,jsonl", "clean-stop,jsonl.gz", "sigkill,jsonl", "sigkill,jsonl.gz"})
    void aRealFailoverIsTheSameAfterwards(String trace, String extension) throws Exception {
        List<Observation> observations = Trace.read(trace).observations();
        Path file = directory.resolve("x." + extension);

        Dashboard live = record(observations, file);
        Recording recording = Recording.read(file);

        assertThat(recording.end()).isEqualTo(live);
        assertThat(live.events()).hasSizeGreaterThan(8);
        assertThat(recording.flaw()).isEmpty();
        assertThat(recording.size()).isEqualTo(observations.size());
        assertThat(recording.header().version()).isEqualTo(1);
        assertThat(recording.header().start()).isEqualTo(observations.get(0).at());
    }

    @Test
    void theDashboardOfAnyMomentIsTheOneOfThen() throws Exception {
        List<Observation> observations = Trace.read("sigkill").observations();
        Path file = directory.resolve("x.jsonl.gz");
        Dashboard live = record(observations, file);
        Recording recording = Recording.read(file);

        Dashboard dashboard = Dashboard.EMPTY;
        for (int position = 0; position <= recording.size(); position++) {
            if (position % 97 == 0 || position % 512 < 2 || position == recording.size()) {
                assertThat(recording.dashboard(position)).isEqualTo(dashboard);
            }
            if (position < recording.size()) {
                assertThat(recording.observation(position)).isEqualTo(observations.get(position));
                dashboard = Reducer.reduce(dashboard, observations.get(position));
                assertThat(recording.position(recording.time(position + 1))).isGreaterThan(position);
                assertThat(recording.events(position + 1)).isEqualTo(dashboard.eventsSeen());
            }
        }
        assertThat(dashboard).isEqualTo(live);
        assertThat(recording.size()).isGreaterThan(600);
    }

    @Test
    void whatHappenedBeforeItWasAskedForIsInItToo() throws Exception {
        List<Observation> observations = Trace.read("clean-stop").observations();
        Path file = directory.resolve("late.jsonl");
        Session session = new Session();
        try (Recorder recorder = recorder(1 << 20)) {
            session.tap(recorder);
            observations.subList(0, 300).forEach(session);
            recorder.start(file);
            observations.subList(300, observations.size()).forEach(session);
            assertThat(recorder.stop().orElseThrow().file()).isEqualTo(file);
            assertThat(recorder.status()).isEmpty();
        }

        assertThat(Recording.read(file).end()).isEqualTo(session.dashboard());
    }

    @Test
    void ofALongSessionTheLatestIsKeptWithAllThatWasKnownBefore() throws Exception {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            observations.addAll(Trace.read("clean-stop").observations());
        }
        Path file = directory.resolve("ring.jsonl.gz");
        Session session = new Session();
        try (Recorder recorder = recorder(20_000)) {
            session.tap(recorder);
            for (Observation observation : observations) {
                session.accept(observation);
                recorder.await();
            }
            recorder.start(file);
            recorder.stop();
        }

        Recording recording = Recording.read(file);
        assertThat(recording.size()).isLessThan(observations.size() / 2).isGreaterThan(100);
        assertThat(Files.size(file)).isLessThan(60_000);
        assertThat(recording.end().withLanes(Lanes.EMPTY))
                .isEqualTo(session.dashboard().withLanes(Lanes.EMPTY));
        assertThat(recording.end().lanes().key().last().map(Span::state))
                .isEqualTo(session.dashboard().lanes().key().last().map(Span::state));
        assertThat(recording.dashboard(recording.size() / 2).lanes().since())
                .isEqualTo(recording.end().lanes().since())
                .isPresent();
        assertThat(recording.end().eventsSeen()).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "jsonl.gz"})
    void oneThatBreaksOffIsPlayedUpToThere(String extension) throws Exception {
        List<Observation> observations = Trace.read("clean-stop").observations();
        Path whole = directory.resolve("whole." + extension);
        record(observations, whole);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut." + extension);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2 + 1));

        Recording recording = Recording.read(cut);

        assertThat(recording.flaw().orElseThrow()).matches("cut off (in|after) line \\d+, played up to there");
        assertThat(recording.size()).isLessThan(observations.size()).isGreaterThan(100);
        Dashboard sameSoFar = Dashboard.EMPTY;
        for (Observation observation : observations.subList(0, recording.size())) {
            sameSoFar = Reducer.reduce(sameSoFar, observation);
        }
        assertThat(recording.end()).isEqualTo(sameSoFar);
    }

    @Test
    void oneThatIsDamagedIsPlayedUpToThere() throws Exception {
        Path file = directory.resolve("x.jsonl");
        record(Trace.read("clean-stop").observations().subList(0, 100), file);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(50, "{\"is\":\"Nonsense\",\"at\":\"2026-11-24T00:00:00Z\"}");
        Files.write(file, lines);

        Recording recording = Recording.read(file);
        assertThat(recording.size()).isEqualTo(49);
        assertThat(recording.flaw()).contains("damaged in line 51, played up to there");
    }

    @Test
    void aFileThatGrowsCanBeReadBeforeItIsEnded() throws Exception {
        List<Observation> observations = Trace.read("clean-stop").observations();
        Path file = directory.resolve("killed.jsonl.gz");
        Session session = new Session();
        try (Recorder recorder = recorder(1 << 20)) {
            session.tap(recorder);
            observations.forEach(session);
            recorder.await();
            recorder.start(file); // the header and all that is kept are written and flushed at once
            Recording recording = Recording.read(file);
            assertThat(recording.size()).isEqualTo(observations.size());
            assertThat(recording.flaw().orElseThrow()).startsWith("cut off after line");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| is not a recording of patop's",
                "nonsense| is not a recording of patop's",
                "{}| is not a recording of patop's",
                "[]| is not a recording of patop's",
                "{\"format\":\"patop-recording\",\"version\":2,\"patop\":\"9\",\"surprise\":1}|"
                        + " is of a newer format (2, by patop 9), of which this patop knows only 1",
                "{\"format\":\"patop-recording\",\"version\":1,\"patop\":\"0\",\"start\":\"2026-11-24T00:00:00Z\"}|"
                        + " holds no observation"
            })
    void whatCannotBePlayedIsToldInOneLine(String content, String said) throws Exception {
        Path file = directory.resolve("x");
        Files.writeString(file, content + "\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(NotARecording.class)
                .hasMessage(file + " " + said);
    }

    @Test
    void soAreFilesThatAreNone() {
        assertThatThrownBy(() -> Recording.read(directory)).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> Recording.read(directory.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void whatIsThereAlreadyIsNotOverwritten() throws Exception {
        Path file = Files.writeString(directory.resolve("dear"), "dear");
        try (Recorder recorder = recorder(1 << 20)) {
            assertThatThrownBy(() -> recorder.start(file)).hasMessageContaining("it is there already, name another");
            assertThatThrownBy(() -> recorder.start(directory.resolve("no/dir")))
                    .hasMessageContaining("its directory is missing");
            recorder.start(directory.resolve("new"));
            assertThatThrownBy(() -> recorder.start(directory.resolve("newer")))
                    .hasMessage("already recording to " + directory.resolve("new"));
        }
        assertThat(file).hasContent("dear");
    }

    @Test
    void aReportKnowsWhatAReplayKnows() throws Exception {
        Path file = directory.resolve("session.jsonl.gz");
        Dashboard end = record(Trace.read("clean-stop").observations(), file);
        RecordingSummary summary = RecordingSummary.read(file);
        assertThat(summary.end()).isEqualTo(end).isEqualTo(Recording.read(file).end());
        assertThat(summary.events()).isEqualTo(end.events()).isNotEmpty();
        assertThat(summary.flaw()).isEmpty();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /** {@code /dev/full} is a disk without room. */
    @Test
    void aFullDiskEndsTheRecordingWithOneLineAndTheSessionGoesOn() throws Exception {
        Path full = Files.createSymbolicLink(directory.resolve("full.jsonl"), Path.of("/dev/full"));
        List<Observation> observations = Trace.read("clean-stop").observations();
        Session session = new Session();
        try (Recorder recorder = recorder(1 << 20)) {
            session.tap(recorder);
            recorder.startOn(() -> new RecordingFile(full, StandardOpenOption.APPEND));
            observations.forEach(session);
            assertThat(troubles.poll(20, TimeUnit.SECONDS))
                    .isEqualTo("cannot record to " + full
                            + ": No space left on device; the recording has ended, what was written is kept");
            recorder.await();
            assertThat(recorder.status()).isEmpty();
            assertThat(recorder.failure().orElseThrow()).startsWith("cannot record to ");
            assertThat(recorder.stop()).isEmpty();
            Path other = directory.resolve("other.jsonl");
            recorder.start(other);
            assertThat(recorder.failure()).isEmpty();
            recorder.stop();
            assertThat(Recording.read(other).end()).isEqualTo(session.dashboard());
        }
        assertThat(troubles).isEmpty();
    }

    private Dashboard record(List<Observation> observations, Path file) throws IOException {
        Session session = new Session();
        try (Recorder recorder = recorder(1 << 20)) {
            session.tap(recorder);
            recorder.start(file);
            observations.forEach(session);
            Optional<Recorder.Status> written = recorder.stop();
            assertThat(written.orElseThrow().bytes()).isEqualTo(Files.size(file));
        }
        assertThat(troubles).isEmpty();
        return session.dashboard();
    }

    private Recorder recorder(long kept) {
        return new Recorder("test", troubles::add, kept, Duration.ofMinutes(2));
    }
}
