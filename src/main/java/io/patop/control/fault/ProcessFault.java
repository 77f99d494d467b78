package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.control.InjectedFault;
import io.patop.docker.ContainerAccess;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends signals to PostgreSQL or Patroni inside a container, by the container's own shell and as its own user.
 *
 * @param fault which of them
 * @param access by which the shell runs
 */
record ProcessFault(InjectedFault fault, ContainerAccess access) implements ContainerFault {

    private static final Duration LONGEST = Duration.ofSeconds(5);

    @Override
    public Answer<Map<String, String>> before(Action.Inject.Place place) {
        return run(place.containerId(), find() + check()).map(said -> Map.of());
    }

    @Override
    public Answer<String> cause(Action.Inject.Place place, Map<String, String> before) {
        return run(place.containerId(), find() + check() + "kill -" + signal() + " $pid")
                .map(said -> "");
    }

    @Override
    public Answer<String> undo(String containerId, Map<String, String> before) {
        // 3: no such process runs any more, so that there is nothing to undo.
        String script = "(" + find() + "kill -CONT $pid); code=$?; [ $code = 3 ] || exit $code";
        return fault.lasts() ? run(containerId, script).map(said -> "") : nothing();
    }

    private Answer<String> run(String containerId, String script) {
        return access.exec(containerId, Optional.empty(), List.of("sh", "-c", script), LONGEST);
    }

    private static Answer<String> nothing() {
        return new Answer.Given<>("", Duration.ZERO);
    }

    private String signal() {
        return fault.lasts() ? "STOP" : "KILL";
    }

    private String find() {
        return fault == InjectedFault.POSTGRES_HANG || fault == InjectedFault.POSTGRES_KILL
                ? Scripts.POSTMASTER
                : Scripts.PATRONI;
    }

    /** The kernel keeps such signals from a container's first process, and Patroni as such ends with its child. */
    private String check() {
        return switch (fault) {
            case PATRONI_HANG ->
                "[ $pid != 1 ] || { echo 'Patroni is the first process of its container: freeze the member"
                        + " instead'; exit 4; }; ";
            case PATRONI_KILL ->
                "[ -z \"$first\" ] || { echo 'the container ends with Patroni, so it cannot be killed"
                        + " alone: kill the member instead'; exit 4; }; ";
            default -> "";
        };
    }
}
