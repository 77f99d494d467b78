package io.patop.command.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.patop.watch.ReducerStory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's command at each event: it gets the event, and whatever it does holds up nothing. */
class EventHookTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
    private final ReducerStory told = ReducerStory.healthy();

    @Test
    void itGetsEachEventAsJsonOnItsInput() throws Exception {
        Path done = directory.resolve("done");
        try (EventHook hook = hook("cat >> events; [ $(wc -l < events) -lt 2 ] || mkfifo done; cat done", 10, 100)) {
            hook.accept(told.seconds(1).silent("a").dashboard());
            hook.accept(told.dashboard());
            hook.accept(told.seconds(1).silent("b").dashboard());
            // The second run makes a pipe and waits for it, so writing to it waits for both runs.
            await("the second run").atMost(SOON).until(() -> {
                assertThat(troubles.poll()).isIn(null, "--on-event failed (1): cat: done: No such file or directory");
                return Files.exists(done);
            });
            Files.writeString(done, "");
        }
        List<String> lines = Files.readAllLines(directory.resolve("events"));
        assertThat(lines).hasSize(2);
        JsonNode event = new JsonMapper().readTree(lines.get(0));
        assertThat(event.path("kind").asText()).isEqualTo("api_lost");
        assertThat(event.path("member").asText()).isEqualTo("a");
        assertThat(event.path("scope").asText()).isEqualTo("demo");
        assertThat(event.path("text").asText()).startsWith("leader a: REST API does not answer");
    }

    @Test
    void oneThatFailsIsToldOfWithItsFirstWord() throws Exception {
        try (EventHook hook = hook("echo no mail today >&2; echo more >&2; exit 3", 10, 100)) {
            hook.accept(told.seconds(1).silent("a").dashboard());
            assertThat(troubles.poll(20, TimeUnit.SECONDS)).isEqualTo("--on-event failed (3): no mail today");
        }
    }

    @Test
    void oneThatHangsIsEndedWithAllThatItStarted() throws Exception {
        try (EventHook hook = hook("echo $$ > pid; sleep 1000 & sleep 1000", 1, 100)) {
            hook.accept(told.seconds(1).silent("a").dashboard());
            assertThat(troubles.poll(20, TimeUnit.SECONDS)).startsWith("--on-event took longer than 1 s and was ended");
            long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
            ProcessHandle.of(pid).ifPresent(shell -> shell.onExit().join());
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    /** Also what has lost the shell that started it, which no list of descendants holds any more. */
    @Test
    void whatItLeftInTheBackgroundEndsWithIt() throws Exception {
        try (EventHook hook = hook("(sleep 1000 & echo $! > pid) & wait; exit 3", 100, 100)) {
            hook.accept(told.seconds(1).silent("a").dashboard());
            assertThat(troubles.poll(20, TimeUnit.SECONDS)).startsWith("--on-event failed (3)");
            long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
            ProcessHandle.of(pid).ifPresent(left -> left.onExit().join());
        }
    }

    @Test
    void oneThatFloodsItsOutputIsNotHeldUp() throws Exception {
        try (EventHook hook = hook("head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero; exit 4", 10, 100)) {
            hook.accept(told.seconds(1).silent("a").dashboard());
            assertThat(troubles.poll(20, TimeUnit.SECONDS))
                    .startsWith("--on-event failed (4)")
                    .hasSizeLessThan(300)
                    .doesNotContain("\u0000");
        }
    }

    @Test
    void oneThatIsTooSlowLeavesEventsOutAndSaysSoOnce() throws Exception {
        try (EventHook hook = hook("echo > begun; sleep 1000", 1000, 1)) {
            hook.accept(told.seconds(1).silent("b").dashboard());
            await("the first run").atMost(SOON).until(() -> Files.exists(directory.resolve("begun")));
            for (int i = 0; i < 10; i++) {
                hook.accept(told.seconds(1).standby("b", 1).dashboard());
                hook.accept(told.seconds(1).silent("b").dashboard());
            }
            assertThat(troubles.poll(20, TimeUnit.SECONDS)).isEqualTo("--on-event is too slow: events are left out");
            assertThat(troubles).isEmpty();
        }
    }

    private EventHook hook(String command, int seconds, int waiting) {
        return new EventHook("cd " + directory + "; " + command, troubles::add, Duration.ofSeconds(seconds), waiting);
    }
}
