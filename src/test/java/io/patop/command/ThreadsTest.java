package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Threads come with work and go without it. */
class ThreadsTest {

    /** The JDK's cached pool keeps each for a minute: hundreds, where many short commands or a burst were. */
    @Test
    void thoseOfABurstSoonEnd() throws InterruptedException {
        ThreadPoolExecutor pool = Threads.pool("burst");
        CountDownLatch all = new CountDownLatch(50);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
            pool.execute(() -> {
                all.countDown();
                try {
                    end.await();
                } catch (InterruptedException over) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.getPoolSize()).isEqualTo(50);
        assertThat(pool.getCorePoolSize()).isZero();
        assertThat(pool.getKeepAliveTime(TimeUnit.SECONDS)).isLessThanOrEqualTo(5);
        end.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
