package io.patop.command;

import io.patop.sim.Script;
import io.patop.sim.SimulatedCluster;
import io.patop.sim.core.SimulationException;
import io.patop.watch.model.Dashboard;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Starts a script once the whole cluster has been seen. That takes seconds on a slow machine, and nobody would see
 * what a script breaks before.
 */
final class ScriptStart implements Consumer<Dashboard> {

    private final Runnable begin;
    private final AtomicBoolean begun = new AtomicBoolean();

    ScriptStart(Runnable begin) {
        this.begin = begin;
    }

    /**
     * Makes the start of a script.
     *
     * @throws SimulationException naming the first step with a member that does not exist
     */
    static ScriptStart of(SimulatedCluster cluster, Script script, SimulatedCluster.Audience audience)
            throws SimulationException {
        cluster.check(script);
        return new ScriptStart(() -> {
            try {
                cluster.play(script, audience);
            } catch (SimulationException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    @Override
    public void accept(Dashboard dashboard) {
        if (isWhole(dashboard) && begun.compareAndSet(false, true)) {
            // Not on the thread that observes: the simulation may be at work for a while.
            Thread starting = new Thread(begin, "patop-script");
            starting.setDaemon(true);
            starting.start();
        }
    }

    /** Returns whether the leader is known and each member has answered. */
    private static boolean isWhole(Dashboard dashboard) {
        return dashboard.leadership().present().isPresent()
                && dashboard.members().values().stream()
                        .allMatch(member -> member.isListed() && member.status().isPresent());
    }
}
