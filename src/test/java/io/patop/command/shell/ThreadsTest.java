package io.patop.command.shell;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    /** Seen as a stack trace at the end of a drill: a source planned its next step while it was being closed. */
    @Test
    void aStepThatIsPlannedWhileItsSourceIsClosedIsDropped() {
        ScheduledExecutorService scheduler = Threads.scheduler("patop-test");
        scheduler.shutdownNow();

        assertThatCode(() -> {
                    var unused = scheduler.schedule(() -> {}, 1, TimeUnit.SECONDS);
                    scheduler.execute(() -> {});
                })
                .doesNotThrowAnyException();
    }
}
