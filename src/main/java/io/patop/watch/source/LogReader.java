package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.docker.Container;
import io.patop.docker.ContainerLogs;
import io.patop.docker.EngineView;
import io.patop.docker.LogLines;
import io.patop.docker.LogSpan;
import io.patop.docker.Task;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.DockerStatus;
import io.patop.watch.model.EngineIndex;
import io.patop.watch.model.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a member's log from Docker. Each call blocks for a bounded time. A service's containers on this host are read
 * one by one, those that have ended too; tasks on other hosts are read by way of the swarm's manager.
 *
 * @param logs the engine's logs
 */
public record LogReader(ContainerLogs logs) {

    /** Most containers of one service that are read: the swarm keeps five old tasks. */
    private static final int MOST_CONTAINERS = 8;

    /** Reads that part of the member's log; the lines are in the order of time. */
    public Answer<LogLines> read(Dashboard dashboard, String member, LogSpan span) {
        if (dashboard.docker() instanceof DockerStatus.Silent silent) {
            return missing(silent.failure());
        }
        Optional<EngineView> view = dashboard.docker().view();
        if (view.isEmpty()) {
            return missing("Docker has not been asked yet, and logs are read from there");
        }
        // A member whose key has left the DCS is the one whose log is wanted most; it is found by its name.
        Optional<Workload> workload = Optional.ofNullable(dashboard.workloads().get(member))
                .or(() -> new EngineIndex(view.get()).named(member));
        if (workload.isEmpty()) {
            return missing("no Docker service or container runs " + member + " here, so that its log cannot be read");
        }
        return workload.get().kind() == Workload.Kind.CONTAINER
                ? logs.ofContainer(workload.get().id(), span)
                : ofService(view.get(), workload.get(), span);
    }

    private Answer<LogLines> ofService(EngineView view, Workload workload, LogSpan span) {
        List<Task> tasks = view.service(workload.id()).map(view::tasksOf).orElse(List.of()).stream()
                .filter(task -> task.containerId().isPresent())
                .sorted(Comparator.comparing((Task task) -> task.at().orElse(Instant.MIN))
                        .reversed())
                .limit(MOST_CONTAINERS)
                .toList();
        Set<String> here = view.containers().stream().map(Container::id).collect(Collectors.toSet());
        List<String> containers = tasks.stream()
                .flatMap(task -> task.containerId().stream())
                .filter(here::contains)
                .toList();
        if (tasks.isEmpty()) {
            return missing("service " + workload.name()
                    + " has no container now: Docker removes it, and its log, when a" + " service is scaled to 0");
        }
        if (containers.size() == tasks.size()) {
            return ofContainers(containers, span);
        }
        Answer<LogLines> whole = logs.ofService(workload.id(), span);
        // The manager waits for hosts that are gone; what is here can be read without it.
        return whole.failure().isPresent() && !containers.isEmpty() ? ofContainers(containers, span) : whole;
    }

    private Answer<LogLines> ofContainers(List<String> ids, LogSpan span) {
        List<LogLines> read = new ArrayList<>();
        Optional<Failure> failure = Optional.empty();
        Duration took = Duration.ZERO;
        for (String id : ids) {
            Answer<LogLines> answer = logs.ofContainer(id, span);
            answer.value().ifPresent(read::add);
            failure = failure.or(answer::failure);
            took = took.plus(answer.took());
            if (answer.failure()
                    .filter(why -> why.kind() == Failure.Kind.TIMED_OUT)
                    .isPresent()) {
                break;
            }
        }
        return read.isEmpty()
                ? new Answer.Missing<>(failure.orElseThrow(), took)
                : new Answer.Given<>(LogLines.merged(read, span.lines()), took);
    }

    private static Answer<LogLines> missing(String why) {
        return missing(new Failure(Failure.Kind.ABSENT, why));
    }

    private static Answer<LogLines> missing(Failure why) {
        return new Answer.Missing<>(why, Duration.ZERO);
    }
}
