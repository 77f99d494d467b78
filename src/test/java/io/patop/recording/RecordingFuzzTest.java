package io.patop.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.MutatedJson;
import io.patop.control.LocalCommand.Wind;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.Observation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever stands in a recording's lines can be played, or is "damaged" from there on. */
class RecordingFuzzTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] HEADER = new RecordingHeader(1, "1", Optional.of("demo"), Instant.EPOCH)
            .json()
            .toString()
            .getBytes(StandardCharsets.UTF_8);

    private static Path file;

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("patop-fuzz", ".jsonl");
    }

    @AfterContainer
    static void delete() throws IOException {
        Files.delete(file);
    }

    @Property
    void lines(@ForAll("observations") byte[] line) {
        try {
            assertThat(ObservationJson.observation(JSON.readTree(line))).isNotNull();
        } catch (JsonProcessingException damaged) {
            return;
        } catch (IOException notText) {
            return;
        }
    }

    @Property
    void recordings(@ForAll("stories") List<byte[]> story) throws IOException {
        play(story);
    }

    @Property
    void recordingsWithoutTheirBeginning(@ForAll("dashboards") byte[] first, @ForAll("stories") List<byte[]> story)
            throws IOException {
        List<byte[]> lines = new ArrayList<>(List.of(first));
        lines.addAll(story);
        play(lines);
    }

    private static void play(List<byte[]> lines) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(HEADER);
        for (byte[] line : lines) {
            content.write('\n');
            content.writeBytes(line);
        }
        Files.write(file, content.toByteArray());
        try {
            Recording recording = Recording.read(file);
            List<Observation> played = new ArrayList<>();
            Instant now = Instant.EPOCH;
            Player player = new Player(recording, played::add, dashboard -> {}, now);
            player.wind(new Wind.Speed(100), now);
            player.wind(new Wind.PlayOrPause(), now);
            var unused = player.advance(now.plusSeconds(3600L * 24 * 366 * 200));
            assertThat(player.playback(now)).isNotNull();
        } catch (NotARecording refused) {
            assertThat(refused.getMessage().lines().count()).isEqualTo(1);
        }
    }

    @Provide
    Arbitrary<byte[]> observations() {
        return MutatedJson.of(samples());
    }

    @Provide
    Arbitrary<List<byte[]>> stories() {
        return MutatedJson.of(samples()).list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<byte[]> dashboards() {
        return MutatedJson.of(Samples.of(Dashboard.class).stream()
                .map(dashboard -> ObservationJson.of((Dashboard) dashboard).toString())
                .toList());
    }

    private static List<String> samples() {
        List<String> lines = new ArrayList<>();
        for (Object observation : Samples.cases(Observation.class)) {
            lines.add(ObservationJson.of((Observation) observation).toString());
        }
        for (Object action : Samples.cases(Action.class)) {
            lines.add(ObservationJson.of(new Observation.ActionReported(
                            Instant.EPOCH, (Action) action, Observation.ActionReported.Progress.BEGUN, ""))
                    .toString());
        }
        return lines;
    }
}
