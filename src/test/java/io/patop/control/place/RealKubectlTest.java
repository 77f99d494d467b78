package io.patop.control.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patop.control.journal.MemoryJournal;
import io.patop.watch.ReducerStory;
import io.patop.watch.model.Action;
import io.patop.watch.model.Action.MemberOperation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The true kubectl with an API server in this test, and the true kernel: what kubectl asks for with these words, what
 * of its answers is shown, and what the signals do to the processes of a container. No container runs here, so that
 * kubectl's exec comes as far as the server, which notes the command and refuses it.
 */
@Timeout(300)
class RealKubectlTest {

    private static final Path KUBECTL = Path.of("/usr/bin/kubectl");

    private final KubernetesPods place = new KubernetesPods(
            "prod", "application=spilo,cluster-name=demo", "postgres", Optional.of("test"), KUBECTL.toString());
    private final ReducerStory story = ReducerStory.healthy();
    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    private Path folder;

    private PodsApi api;
    private ProgramFaults faults;

    @BeforeEach
    void prepare() throws Exception {
        api = PodsApi.start();
        faults = new ProgramFaults(
                "k8s",
                place,
                Map.of(),
                journal,
                new LocalPrograms(api.environment(folder, System.getenv())),
                Clock.systemUTC());
    }

    @AfterEach
    void end() {
        api.close();
    }

    @Test
    void aPodThatIsFoundByItsLabelsIsDeletedWithItsOwnTimeToEnd() {
        assumeKubectl();
        api.add("a");
        api.add("b");

        assertThat(refusal(MemberOperation.STOP)).isEmpty();

        assertThat(api.pods()).containsExactly("b");
        assertThat(journal.entries()).hasSize(1);
        assertThat(api.requests().get(0))
                .startsWith("GET /api/v1/namespaces/prod/pods ")
                .contains("labelSelector=application=spilo,cluster-name=demo", "fieldSelector=metadata.name=a");
        assertThat(api.requests())
                .filteredOn(request -> request.startsWith("DELETE"))
                .singleElement()
                .asString()
                .startsWith("DELETE /api/v1/namespaces/prod/pods/a ")
                .doesNotContain("gracePeriod");
    }

    @Test
    void whatIsNotFoundOrWouldBeLostStays() {
        assumeKubectl();
        api.add("b");
        assertThat(refusal(MemberOperation.STOP))
                .contains("no pod a in namespace prod has the labels application=spilo,cluster-name=demo");
        api.add("a", "", "");
        assertThat(refusal(MemberOperation.STOP)).contains("nothing owns pod a, so that nothing would make it again");
        api.add("a", ",'hostPID':true", "");
        assertThat(refusal(MemberOperation.KILL))
                .hasValueSatisfying(why -> assertThat(why).contains("(hostPID)"));

        assertThat(api.pods()).containsExactly("a", "b");
        assertThat(journal.entries()).isEmpty();
        assertThat(api.requests()).allMatch(request -> request.startsWith("GET /api/v1/namespaces/prod/pods "));
    }

    @Test
    void startingSucceedsForAPodThatIsThereAndOnlyForThat() throws Exception {
        assumeKubectl();
        api.add("a");
        List<String> start = place.command(MemberOperation.START, new PlacedMember("a", Optional.empty()));
        LocalPrograms programs = new LocalPrograms(api.environment(folder, System.getenv()));

        assertThat(programs.run(start, Duration.ofSeconds(60)))
                .isEqualTo(new Programs.Ended(0, "pod/a condition met", "pod/a condition met"));

        start = place.command(MemberOperation.START, new PlacedMember("c", Optional.empty()));
        assertThat(programs.run(start, Duration.ofSeconds(60)))
                .isEqualTo(new Programs.Ended(1, "Error from server (NotFound): pods \"c\" not found", ""));
    }

    /** The words arrive at the server one by one: kubectl takes none of them for an option of its own. */
    @Test
    void theSignalsArriveAsTheyWereMeantAndARefusalIsOneLine() {
        assumeKubectl();
        api.add("a");
        for (Map.Entry<MemberOperation, String> one : Map.of(
                        MemberOperation.KILL, "-KILL", MemberOperation.FREEZE, "-STOP")
                .entrySet()) {
            assertThat(refusal(one.getKey())).hasValueSatisfying(why -> assertThat(why)
                    .startsWith(KUBECTL + " failed (1): ")
                    .contains("forbidden: nothing is executed in this test")
                    .doesNotContain("\n"));
            assertThat(api.requests())
                    .filteredOn(request -> request.contains("/pods/a/exec "))
                    .last()
                    .asString()
                    .contains(" command=kill command=" + one.getValue() + " command=-- command=-1 container=postgres")
                    .doesNotContain("stdin", "tty");
        }
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void aServerThatIsGoneIsOneLineAndNothingWasDone() {
        assumeKubectl();
        api.close();

        assertThat(refusal(MemberOperation.STOP)).hasValueSatisfying(why -> assertThat(why)
                .startsWith(KUBECTL + " failed (1): ")
                .contains("refused")
                .endsWith("; nothing was done")
                .doesNotContain("\n"));
        assertThat(journal.entries()).isEmpty();
    }

    /**
     * In process ids of its own, as a container has them, a first process with two children: the very words after
     * kubectl's own stop them, let them go on and kill them, and the first process goes on.
     */
    @Test
    void theSignalsReachAllProcessesButTheFirst() {
        LocalPrograms programs = new LocalPrograms(System.getenv());
        assumeTrue(ended(programs, "true").code() == 0, "no process ids of its own can be made here");

        Programs.Ended ended = ended(
                programs,
                """
                [ $$ = 1 ] || exit 9
                sleep 600 & a=$!
                sleep 600 & b=$!
                state() { cut -d ' ' -f 3 "/proc/$1/stat"; }
                await() { until [ "$(state $a)$(state $b)" = "$1$1" ]; do sleep 0.05; done; }
                await S
                env %s || exit 1
                await T
                env %s || exit 2
                await S
                env %s || exit 3
                wait $a; first=$?; wait $b
                echo "$first $?"
                """
                        .formatted(
                                within(MemberOperation.FREEZE),
                                within(MemberOperation.THAW),
                                within(MemberOperation.KILL)));

        assertThat(ended.output()).as(ended.toString()).isEqualTo("137 137");
        assertThat(ended.code()).isZero();
    }

    /** The words of a command that are run in the container. */
    private String within(MemberOperation operation) {
        List<String> command = place.command(operation, new PlacedMember("a", Optional.empty()));
        return String.join(" ", command.subList(command.indexOf("--") + 1, command.size()));
    }

    private static Programs.Ended ended(LocalPrograms programs, String script) {
        List<String> apart =
                List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc", "sh", "-c", script);
        return programs.run(apart, Duration.ofSeconds(60)) instanceof Programs.Ended ended
                ? ended
                : new Programs.Ended(1, "not ended", "");
    }

    private Optional<String> refusal(MemberOperation operation) {
        Action action = faults.offer(operation, "a", story.dashboard()).offer().orElseThrow();
        return faults.perform(action, step -> {}).join().failure().map(failure -> failure.message());
    }

    private static void assumeKubectl() {
        assumeTrue(Files.isExecutable(KUBECTL), "no " + KUBECTL);
    }
}
