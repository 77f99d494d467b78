package io.patop.control.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patop.control.place.MemberPlace.Failed;
import io.patop.watch.model.Action.MemberOperation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What kubectl is run with, and what is made of its answers; what it makes of them is RealKubectlTest's. */
class KubernetesPodsTest {

    private static final PlacedMember DEMO = new PlacedMember("demo-0", Optional.empty());

    private final KubernetesPods place =
            new KubernetesPods("prod", "application=spilo,cluster-name=demo", "postgres", Optional.empty(), "kubectl");

    @Test
    void whatIsRun() {
        assertThat(words(MemberOperation.STOP)).isEqualTo("kubectl --namespace prod delete pod demo-0 --wait=false");
        assertThat(words(MemberOperation.START))
                .isEqualTo("kubectl --namespace prod wait pod/demo-0 --for=jsonpath={.status.phase}=Running"
                        + " --timeout=50s");
        assertThat(words(MemberOperation.KILL))
                .isEqualTo("kubectl --namespace prod exec demo-0 -c postgres -- kill -KILL -- -1");
        assertThat(words(MemberOperation.FREEZE)).endsWith(" exec demo-0 -c postgres -- kill -STOP -- -1");
        assertThat(words(MemberOperation.THAW)).endsWith(" exec demo-0 -c postgres -- kill -CONT -- -1");
        assertThat(place.where(DEMO)).isEqualTo("pod demo-0 in prod");

        KubernetesPods far = new KubernetesPods("prod", "a=b", "database", Optional.of("admin@prod"), "/opt/oc");
        assertThat(String.join(" ", far.command(MemberOperation.KILL, DEMO)))
                .isEqualTo("/opt/oc --context admin@prod --namespace prod exec demo-0 -c database -- kill -KILL -- -1");
        assertThat(far.where(DEMO)).isEqualTo("pod demo-0 in prod of admin@prod");
        assertThat(far.precondition(MemberOperation.STOP, DEMO).orElseThrow().command())
                .startsWith(
                        "/opt/oc",
                        "--context",
                        "admin@prod",
                        "--namespace",
                        "prod",
                        "get",
                        "pods",
                        "-l",
                        "a=b",
                        "--field-selector",
                        "metadata.name=demo-0",
                        "-o");
    }

    @Test
    void nothingIsDoneToAPodThatIsNotFoundByItsLabels() {
        String none = "no pod demo-0 in namespace prod has the labels application=spilo,cluster-name=demo";
        for (MemberOperation operation :
                List.of(MemberOperation.STOP, MemberOperation.START, MemberOperation.KILL, MemberOperation.THAW)) {
            assertThat(objection(operation, "")).contains(none);
            assertThat(objection(operation, "demo-1 hostPID= owner=StatefulSet"))
                    .contains(none);
            assertThat(objection(operation, "a novel")).contains(none);
            assertThat(objection(operation, "demo-0 hostPID= owner=StatefulSet"))
                    .isEmpty();
        }
    }

    /** A signal to all would hit those of the node, and a pod that nothing owns would be lost for good. */
    @Test
    void whatWouldHitOthersOrBeLostIsRefused() {
        for (MemberOperation signal : List.of(MemberOperation.KILL, MemberOperation.FREEZE, MemberOperation.THAW)) {
            assertThat(objection(signal, "demo-0 hostPID=true owner=StatefulSet"))
                    .contains("pod demo-0 sees the processes of its whole node (hostPID), which a signal to all would"
                            + " hit");
        }
        assertThat(objection(MemberOperation.STOP, "demo-0 hostPID= owner="))
                .contains("nothing owns pod demo-0, so that nothing would make it again");
        assertThat(objection(MemberOperation.KILL, "demo-0 hostPID= owner=")).isEmpty();
        assertThat(place.hindrance(MemberOperation.PARTITION, DEMO)).contains("kubectl has no means to cut a pod off");
        assertThat(place.hindrance(MemberOperation.HEAL, DEMO)).isPresent();
    }

    @Test
    void aHostileNameIsPutIntoNoCommand() {
        for (String hostile : List.of("a;reboot", "$(reboot)", "--all", "a b", "a\nb", "a,b", "pod/a", "a=b", "")) {
            assertThat(place.hindrance(MemberOperation.STOP, new PlacedMember(hostile, Optional.empty())))
                    .as(hostile)
                    .isPresent();
        }
    }

    @Test
    void whatIsNoNameInTheFileIsRefused() {
        for (String wrong : List.of("", "-A", "--all-namespaces", "Prod", "a b", "a;b")) {
            assertThatThrownBy(() -> new KubernetesPods(wrong, "a=b", "postgres", Optional.empty(), "kubectl"))
                    .hasMessage("namespace is a namespace of Kubernetes");
            assertThatThrownBy(() -> new KubernetesPods("prod", "a=b", wrong, Optional.empty(), "kubectl"))
                    .hasMessage("container is a container's name");
        }
        for (String wrong : List.of("", "demo", "a=b,", "-l=b", "a!=b", "a in (b,c)", "a=b c=d")) {
            assertThatThrownBy(() -> new KubernetesPods("prod", wrong, "postgres", Optional.empty(), "kubectl"))
                    .hasMessageStartingWith("labels are KEY=VALUE");
        }
        assertThatThrownBy(() -> new KubernetesPods("prod", "a=b", "postgres", Optional.of("--user=x"), "kubectl"))
                .hasMessage("context and program do not begin with -");
        assertThatThrownBy(() -> new KubernetesPods("prod", "a=b", "postgres", Optional.empty(), "-x"))
                .hasMessage("context and program do not begin with -");
    }

    /** Process 1 ends when Patroni is killed, and takes the program with it that sent the signal. */
    @Test
    void whatAFailureSaysOfTheDeed() {
        String gone = "command terminated with exit code 137";
        assertThat(place.failed(MemberOperation.KILL, 137, gone)).isEqualTo(Failed.AFTER_ALL_DONE);
        assertThat(place.failed(MemberOperation.KILL, 137, "")).isEqualTo(Failed.NOT_DONE);
        assertThat(place.failed(MemberOperation.FREEZE, 137, gone)).isEqualTo(Failed.NOT_DONE);
        for (String late : List.of(
                "error: error reading from error stream: next reader: websocket: close 1006 (abnormal closure):"
                        + " unexpected EOF",
                "Unable to connect to the server: read tcp 10.0.0.9:51844->10.0.0.1:6443: read: connection reset by"
                        + " peer",
                "Error from server (Timeout): the server did not complete within the allotted time",
                "kill: invalid number '--'; command terminated with exit code 1")) {
            assertThat(place.failed(MemberOperation.KILL, 1, late)).as(late).isEqualTo(Failed.PERHAPS_DONE);
        }
        for (String refused : List.of(
                "Error from server (NotFound): pods \"demo-0\" not found",
                "Error from server (Forbidden): pods \"demo-0\" is forbidden",
                "error: Internal error occurred: exec failed: \"kill\": executable file not found in $PATH",
                "The connection to the server localhost:8080 was refused - did you specify the right host or port?")) {
            assertThat(place.failed(MemberOperation.STOP, 1, refused))
                    .as(refused)
                    .isEqualTo(Failed.NOT_DONE);
        }
    }

    private String words(MemberOperation operation) {
        return String.join(" ", place.command(operation, DEMO));
    }

    private Optional<String> objection(MemberOperation operation, String found) {
        return place.precondition(operation, DEMO).orElseThrow().objection().apply(found);
    }
}
