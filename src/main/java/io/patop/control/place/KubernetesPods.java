package io.patop.control.place;

import io.patop.watch.model.Action.MemberOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Members that are pods of Kubernetes, reached by kubectl. Patroni's name of a member is the name of its pod there.
 *
 * <p>A pod is stopped by deleting it, with its own time to end; whatever owns it makes it again. It is killed and
 * frozen by a signal to all processes of its container but the first, which the kernel protects from signals of its own
 * namespace. Patroni is never that one: as process 1 it starts itself once more and only waits for that.
 *
 * <p>No pod is deleted by force: the kubelet would let it end gently all the same, and a second one of its name could
 * open its volume meanwhile.
 *
 * @param namespace of the pods
 * @param labels that all pods of the cluster have, as a selector
 * @param container in which Patroni and PostgreSQL run
 * @param context of kubectl's own configuration; empty for its current one
 * @param program that is run, usually kubectl
 */
public record KubernetesPods(
        String namespace, String labels, String container, Optional<String> context, String program)
        implements MemberPlace {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final String LABEL = "[A-Za-z0-9][A-Za-z0-9._/-]*=[A-Za-z0-9._-]*";
    private static final Pattern LABELS = Pattern.compile(LABEL + "(," + LABEL + ")*");

    /** What kubectl prints of a pod that it finds, and how that is read. */
    private static final String FOUND = "{range .items[*]}{.metadata.name} hostPID={.spec.hostPID}"
            + " owner={.metadata.ownerReferences[*].kind}{end}";

    private static final Pattern READ = Pattern.compile("(\\S+) hostPID=(true|false)? owner=(.*)");

    /** What kubectl says of a command in a container whose process 1 ended, and all others with it. */
    private static final Pattern ENDED_WITH_ALL = Pattern.compile(".*command terminated with exit code 137.*");

    /** How a connection ends that had begun; and busybox's kill, which complains of the hyphens and signals. */
    private static final Pattern BROKEN_OFF = Pattern.compile("(?i).*(\\bEOF\\b|connection reset|broken pipe"
            + "|abnormal closure|lost connection|client\\.timeout|deadline exceeded|request timed out"
            + "|did not complete within|invalid number '--').*");

    public KubernetesPods {
        if (!NAME.matcher(namespace).matches()) {
            throw new IllegalArgumentException("namespace is a namespace of Kubernetes");
        }
        if (!LABELS.matcher(labels).matches()) {
            throw new IllegalArgumentException("labels are KEY=VALUE,KEY=VALUE, by which the cluster's pods are found");
        }
        if (!NAME.matcher(container).matches()) {
            throw new IllegalArgumentException("container is a container's name");
        }
        if (context.filter(text -> text.startsWith("-")).isPresent() || program.startsWith("-")) {
            throw new IllegalArgumentException("context and program do not begin with -");
        }
    }

    @Override
    public String means() {
        return "kubectl";
    }

    @Override
    public String where(PlacedMember member) {
        return "pod " + member.name() + " in " + namespace
                + context.map(name -> " of " + name).orElse("");
    }

    @Override
    public Optional<String> hindrance(MemberOperation operation, PlacedMember member) {
        return operation.mendedBy() == MemberOperation.HEAL
                ? Optional.of("kubectl has no means to cut a pod off")
                : member.hindrance(false);
    }

    @Override
    public Optional<Precondition> precondition(MemberOperation operation, PlacedMember member) {
        List<String> look =
                kubectl("get", "pods", "-l", labels, "--field-selector", "metadata.name=" + member.name(), "-o");
        look.add("jsonpath=" + FOUND);
        return Optional.of(new Precondition(look, found -> objection(operation, member.name(), found)));
    }

    private Optional<String> objection(MemberOperation operation, String pod, String found) {
        Matcher read = READ.matcher(found);
        if (!read.matches() || !read.group(1).equals(pod)) {
            return Optional.of("no pod " + pod + " in namespace " + namespace + " has the labels " + labels);
        }
        if (isSignal(operation) && "true".equals(read.group(2))) {
            return Optional.of("pod " + pod + " sees the processes of its whole node (hostPID), which a signal to all"
                    + " would hit");
        }
        return operation == MemberOperation.STOP && read.group(3).isBlank()
                ? Optional.of("nothing owns pod " + pod + ", so that nothing would make it again")
                : Optional.empty();
    }

    private static boolean isSignal(MemberOperation operation) {
        return switch (operation) {
            case KILL, FREEZE, THAW -> true;
            case STOP, START, PARTITION, HEAL -> false;
        };
    }

    @Override
    public List<String> command(MemberOperation operation, PlacedMember member) {
        String pod = member.name();
        return switch (operation) {
            case STOP -> kubectl("delete", "pod", pod, "--wait=false");
            case START -> kubectl("wait", "pod/" + pod, "--for=jsonpath={.status.phase}=Running", "--timeout=50s");
            case KILL -> signal("-KILL", pod);
            case FREEZE -> signal("-STOP", pod);
            case THAW -> signal("-CONT", pod);
            case PARTITION, HEAL -> throw new IllegalArgumentException("no pod is cut off");
        };
    }

    private List<String> signal(String signal, String pod) {
        return kubectl("exec", pod, "-c", container, "--", "kill", signal, "--", "-1");
    }

    private List<String> kubectl(String... words) {
        List<String> command = new ArrayList<>(List.of(program));
        context.ifPresent(name -> command.addAll(List.of("--context", name)));
        command.addAll(List.of("--namespace", namespace));
        command.addAll(List.of(words));
        return command;
    }

    /** The kubelet starts an ended container again at once, and a deleted pod is made again: nothing keeps it down. */
    @Override
    public AfterKill afterKill() {
        return AfterKill.STARTS_AGAIN;
    }

    @Override
    public Failed failed(MemberOperation operation, int code, String said) {
        if (operation == MemberOperation.KILL
                && code == 137
                && ENDED_WITH_ALL.matcher(said).matches()) {
            return Failed.AFTER_ALL_DONE;
        }
        return BROKEN_OFF.matcher(said).matches() ? Failed.PERHAPS_DONE : Failed.NOT_DONE;
    }
}
