package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.InjectedFault;
import io.patop.control.journal.Repair;
import io.patop.docker.Container;
import io.patop.docker.DockerClient;
import io.patop.docker.EngineView;
import io.patop.docker.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Mends what the journal tells of. Each repair may be made twice, and leaves alone what somebody else has put right.
 *
 * @param docker to mend by
 * @param faults the faults that are undone in a container
 */
record Repairs(DockerClient docker, Function<InjectedFault, Optional<ContainerFault>> faults) {

    /** Mends it; the answer's word says what was found, where nothing was left to do. */
    Answer<String> make(Repair repair) {
        if (repair instanceof Repair.Scale scale) {
            return scale(scale);
        }
        if (repair instanceof Repair.Start start) {
            return unlessGone(docker.start(start.containerId()).map(done -> ""));
        }
        if (repair instanceof Repair.Thaw thaw) {
            return unlessGone(docker.unpause(thaw.containerId()).map(done -> ""));
        }
        if (repair instanceof Repair.Undo undo) {
            return undo(undo);
        }
        return new Answer.Missing<>(
                new Failure(Failure.Kind.REJECTED, "it was not broken by way of Docker"), Duration.ZERO);
    }

    private Answer<String> scale(Repair.Scale scale) {
        Answer<EngineView> view = docker.view();
        Optional<Service> service = view.value().flatMap(seen -> seen.service(scale.service()));
        if (service.flatMap(Service::desired).filter(count -> count > 0).isPresent()) {
            return new Answer.Given<>("service " + scale.service() + " is scaled up already", view.took());
        }
        if (view.value().isPresent() && view.value().get().withoutServices().isEmpty() && service.isEmpty()) {
            return new Answer.Given<>("there is no service " + scale.service() + " any more", view.took());
        }
        return docker.scale(scale.service(), scale.replicas()).map(done -> "");
    }

    private Answer<String> undo(Repair.Undo undo) {
        Optional<ContainerFault> fault = InjectedFault.named(undo.fault()).flatMap(faults);
        if (fault.isEmpty()) {
            return new Answer.Missing<>(
                    new Failure(Failure.Kind.REJECTED, "this patop knows no fault " + undo.fault()), Duration.ZERO);
        }
        String container = undo.fault().equals(InjectedFault.DISK_FULL.word())
                ? successor(undo).orElse(undo.containerId())
                : undo.containerId();
        Answer<String> answer = fault.get().undo(container, undo.before());
        return undo.fault().equals(InjectedFault.DISK_FULL.word()) ? answer : unlessGone(answer);
    }

    /** The container that has the volume now: a task's container is replaced when it ends, and the file stays. */
    private Optional<String> successor(Repair.Undo undo) {
        String name = undo.container().replaceFirst("\\.[a-z0-9]{25}$", ".");
        return docker.view().value().stream()
                .flatMap(view -> view.containers().stream())
                .filter(Container::isRunning)
                .filter(container -> container.id().equals(undo.containerId())
                        || (name.endsWith(".") && container.name().startsWith(name)))
                .map(Container::id)
                .findFirst();
    }

    /** A container that is gone, or has ended, has taken its processes and its network along. */
    private static Answer<String> unlessGone(Answer<String> answer) {
        boolean gone = answer.failure()
                .filter(failure -> (failure.kind() == Failure.Kind.ABSENT
                                && !failure.message().contains("No such image"))
                        || failure.message().contains("is not running")
                        || failure.message().contains("non running container"))
                .isPresent();
        return gone ? new Answer.Given<>("its container has ended, and the fault with it", answer.took()) : answer;
    }
}
