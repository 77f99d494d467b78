package io.patop.screen;

import io.patop.control.FaultInjector;
import io.patop.watch.model.Action;
import io.patop.watch.model.Dashboard;
import io.patop.watch.source.Inspection;
import io.patop.watch.source.MemberLogs;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A cluster that the screen can show.
 *
 * @param name the cluster's name in the fleet
 * @param dashboard what to draw; read for each frame
 * @param faults the faults that are offered besides those that Docker can make
 * @param inspection the inspection of the nodes' raw answers
 * @param logs the members' logs
 * @param actions takes what the person has confirmed
 * @param readOnly whether the keys that change the cluster do nothing
 * @param attended is told when the cluster is opened, with true, and when it is left, with false
 */
public record ClusterSession(
        String name,
        Supplier<Dashboard> dashboard,
        FaultInjector faults,
        Inspection inspection,
        MemberLogs logs,
        Consumer<Action> actions,
        boolean readOnly,
        Consumer<Boolean> attended) {}
