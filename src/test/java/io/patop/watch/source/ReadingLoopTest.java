package io.patop.watch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingLoopTest {

    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<String> read = new CopyOnWriteArrayList<>();
    private final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    private ReadingLoop<String> loop = loop(OFTEN, LONG);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aBugInOneReadingIsReportedAndTheNextIsDone() {
        loop.begin(loop.look("broken"));
        await().untilAsserted(() -> assertThat(bugs).isNotEmpty());

        loop.begin(loop.look("log"));

        await().untilAsserted(() -> assertThat(read).contains("log"));
        await().untilAsserted(() -> assertThat(read).hasSizeGreaterThan(3));
    }

    @Test
    void nothingIsReadWhenNobodyLooks() {
        loop.close();
        loop = loop(OFTEN, Duration.ZERO);

        loop.begin(loop.look("log"));
        loop.execute(() -> read.add("after"));

        await().untilAsserted(() -> assertThat(read).containsExactly("after"));
        assertThat(loop.subject()).isEmpty();
        assertThat(loop.isLatest("log")).isTrue();
    }

    @Test
    void somethingElseIsReadAtOnce() {
        loop.close();
        loop = loop(LONG, LONG);

        assertThat(loop.look("first")).isTrue();
        loop.begin(true);
        await().untilAsserted(() -> assertThat(read).containsExactly("first"));
        assertThat(loop.look("first")).isFalse();
        loop.begin(false);
        assertThat(loop.look("second")).isTrue();
        loop.begin(true);

        await().untilAsserted(() -> assertThat(read).containsExactly("first", "second"));
    }

    private ReadingLoop<String> loop(Duration every, Duration lookLasts) {
        return new ReadingLoop<>(
                every, lookLasts, this::readIt, Clock.systemUTC(), Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "reading-loop-test");
                    thread.setUncaughtExceptionHandler((on, bug) -> bugs.add(bug));
                    return thread;
                }));
    }

    private void readIt() {
        String subject = loop.subject().orElseThrow();
        if (subject.equals("broken")) {
            throw new IllegalStateException("a bug");
        }
        read.add(subject);
    }
}
