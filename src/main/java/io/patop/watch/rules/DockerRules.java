package io.patop.watch.rules;

import io.patop.docker.Container;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import io.patop.docker.Task;
import io.patop.text.DurationText;
import io.patop.watch.model.DockerStatus;
import io.patop.watch.model.EngineIndex;
import io.patop.watch.model.Event;
import io.patop.watch.model.Observation;
import io.patop.watch.model.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for what Docker shows, and for its silence. */
final class DockerRules {

    private DockerRules() {}

    static void answered(DashboardBuilder draft, Observation.DockerAnswered answered) {
        DockerStatus before = draft.docker;
        EngineView view = shown(draft, answered);
        draft.workloads = workloads(draft, view);
        if (before instanceof DockerStatus.Silent silent && silent.before().isPresent()) {
            draft.event(
                    Event.Kind.DOCKER_BACK,
                    "Docker answers again, after " + DurationText.text(Duration.between(silent.since(), draft.at)));
        }
        before.view().ifPresent(earlier -> {
            Set<String> ours =
                    draft.workloads.values().stream().map(Workload::name).collect(Collectors.toSet());
            compareServices(draft, earlier, view, ours);
            compareContainers(draft, earlier, view, ours);
        });
    }

    /**
     * The view with the last known services if the engine shows none. A swarm without a leader shows no services
     * although they run on.
     */
    private static EngineView shown(DashboardBuilder draft, Observation.DockerAnswered answered) {
        EngineView view = answered.view();
        Optional<DockerStatus.Answering> before = draft.docker.lastAnswer();
        Optional<EngineView> earlier = before.map(DockerStatus.Answering::now)
                .filter(known -> !known.services().isEmpty());
        boolean isLost = view.hasLostServices() && earlier.isPresent();
        Optional<Instant> lostBefore = before.flatMap(DockerStatus.Answering::servicesLost);
        EngineView shown = isLost ? view.withServicesOf(earlier.get()) : view;
        draft.docker = new DockerStatus.Answering(
                answered.at(), shown, isLost ? lostBefore.or(() -> Optional.of(draft.at)) : Optional.empty());
        if (isLost && lostBefore.isEmpty()) {
            draft.event(
                    Event.Kind.DOCKER_LOST,
                    "services cannot be seen: " + view.withoutServices().orElse(""));
        } else if (!isLost && lostBefore.isPresent()) {
            draft.event(
                    Event.Kind.DOCKER_BACK,
                    "services can be seen again, after "
                            + DurationText.text(Duration.between(lostBefore.get(), draft.at)));
        }
        return shown;
    }

    /** Looks for the workloads of newly listed members in what Docker showed last. */
    static void membersListed(DashboardBuilder draft) {
        boolean unmatched = draft.members().stream().anyMatch(member -> !draft.workloads.containsKey(member.name()));
        if (unmatched && draft.docker instanceof DockerStatus.Answering answering) {
            draft.workloads = workloads(draft, answering.now());
        }
    }

    static void failed(DashboardBuilder draft, Observation.DockerFailed failed) {
        if (draft.docker instanceof DockerStatus.Silent silent) {
            draft.docker = new DockerStatus.Silent(silent.since(), failed.failure(), silent.before());
            return;
        }
        Optional<DockerStatus.Answering> before = draft.docker.lastAnswer();
        draft.docker = new DockerStatus.Silent(draft.at, failed.failure(), before);
        if (before.isPresent()) {
            draft.event(Event.Kind.DOCKER_LOST, failed.failure().message());
        }
    }

    /** Matches all members to their workloads anew each time, since addresses pass from one to another. */
    private static Map<String, Workload> workloads(DashboardBuilder draft, EngineView view) {
        EngineIndex engine = new EngineIndex(view);
        Map<String, Workload> found = new HashMap<>();
        Set<Workload> taken = new HashSet<>();
        draft.members().stream()
                .sorted(Comparator.comparing(member -> !member.answers()))
                .forEach(member -> member.listed()
                        .flatMap(listed -> Workload.of(listed, engine, draft.workloads, member.answers()))
                        // The workload of a member that answers is not a silent member's too.
                        .filter(workload -> member.answers() || !taken.contains(workload))
                        .ifPresent(workload -> {
                            found.put(member.name(), workload);
                            taken.add(workload);
                        }));
        return found;
    }

    private static void compareServices(DashboardBuilder draft, EngineView earlier, EngineView now, Set<String> ours) {
        Map<String, Service> old = new HashMap<>();
        earlier.services().forEach(service -> old.put(service.id(), service));
        Set<String> failedBefore =
                earlier.tasks().stream().filter(Task::hasFailed).map(Task::id).collect(Collectors.toSet());
        Map<String, List<Task>> newlyFailed = now.tasks().stream()
                .filter(task -> task.hasFailed() && !failedBefore.contains(task.id()))
                .collect(Collectors.groupingBy(Task::serviceId));
        for (Service service : now.services()) {
            if (ours.contains(service.name())) {
                Optional.ofNullable(old.get(service.id())).ifPresent(before -> compare(draft, before, service));
                newlyFailed
                        .getOrDefault(service.id(), List.of())
                        .forEach(task -> draft.event(
                                Event.Kind.TASK_FAILED,
                                "a task of service " + service.name() + " " + task.state()
                                        + (task.error().isEmpty() ? "" : ": " + task.error())));
            }
        }
    }

    private static void compare(DashboardBuilder draft, Service old, Service now) {
        if (!old.desired().equals(now.desired())) {
            draft.event(
                    Event.Kind.SERVICE_CHANGED,
                    "service " + now.name() + " is scaled from " + count(old.desired()) + " to "
                            + count(now.desired()));
        } else if (!old.running().equals(now.running()) && now.running().isPresent()) {
            draft.event(
                    Event.Kind.SERVICE_CHANGED,
                    "service " + now.name() + " runs " + count(now.running()) + " of " + count(now.desired()));
        }
    }

    private static void compareContainers(
            DashboardBuilder draft, EngineView earlier, EngineView now, Set<String> ours) {
        Map<String, Container> old = new HashMap<>();
        earlier.containers().forEach(container -> old.put(container.id(), container));
        for (Container container : now.containers()) {
            Container before = old.get(container.id());
            if (before != null
                    && !before.state().equals(container.state())
                    && container.taskId().isEmpty()
                    && ours.contains(container.name())) {
                draft.event(
                        Event.Kind.SERVICE_CHANGED,
                        "container " + container.name() + " is " + container.state() + " (was " + before.state() + ")");
            }
        }
    }

    private static String count(Optional<Integer> number) {
        return number.map(String::valueOf).orElse("?");
    }
}
