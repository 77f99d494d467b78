package io.patop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.watch.ReducerStory;
import io.patop.watch.model.Dashboard;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A script begins once, and not before there is somebody to see it. */
class ScriptStartTest {

    private final Semaphore begun = new Semaphore(0);
    private final ScriptStart start = new ScriptStart(begun::release);

    @Test
    void itWaitsUntilEachMemberHasAnswered() throws InterruptedException {
        start.accept(Dashboard.EMPTY);
        ReducerStory told = new ReducerStory().cluster(ReducerStory.leader("a", 1), ReducerStory.replica("b", 1, 0));
        start.accept(told.dashboard());
        start.accept(told.primary("a", 1, "b").dashboard());
        assertThat(begun.tryAcquire()).isFalse();
        start.accept(told.standby("b", 1).dashboard());
        start.accept(told.seconds(1).standby("b", 1).dashboard());
        assertThat(begun.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        assertThat(begun.tryAcquire()).isFalse();
    }
}
