package io.patop.control.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are missing, hang, ask for a password or print a novel: one line, bounded in time and size. */
@Timeout(60)
class LocalProgramsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Scripts scripts;
    private LocalPrograms programs;

    @BeforeEach
    void prepare() {
        scripts = new Scripts(folder);
        programs = new LocalPrograms(scripts.environment());
    }

    @Test
    void itGetsItsArgumentsAsTheyAreAndNoShellSeesThem() throws Exception {
        scripts.make("virsh", "");
        Programs.Result result = programs.run(List.of("virsh", "start", "a b; touch " + folder + "/no", "$(id)"), LONG);

        assertThat(result).isEqualTo(new Programs.Ended(0, "", ""));
        assertThat(scripts.called("virsh")).containsExactly(List.of("start", "a b; touch " + folder + "/no", "$(id)"));
        assertThat(folder.resolve("no")).doesNotExist();
    }

    @Test
    void oneThatIsMissingIsSaid() {
        assertThat(programs.run(List.of("no-such-program", "x"), LONG))
                .isEqualTo(new Programs.NotStarted("there is no program no-such-program on the PATH"));
        assertThat(programs.run(List.of("/no/such/program"), LONG))
                .isEqualTo(new Programs.NotStarted("there is no program /no/such/program"));
    }

    @Test
    void oneThatCannotBeRunIsSaid() throws Exception {
        Path program = scripts.make("odd", "");
        Files.writeString(program, "#!/no/such/interpreter\n");

        // setsid starts and then fails to run it; without setsid it is not started.
        assertThat(programs.run(List.of("odd"), LONG).toString()).contains("No such file or directory");
    }

    @Test
    void oneThatHangsIsEndedWithAllItStarted() throws Exception {
        scripts.make("hangs", "sleep 600 & echo $! > " + folder + "/child; echo waiting for the domain >&2; wait");

        Programs.Result result = programs.run(List.of("hangs"), Duration.ofSeconds(2));

        assertThat(result).isEqualTo(new Programs.TookTooLong("waiting for the domain"));
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> ProcessHandle.of(child)
                .filter(ProcessHandle::isAlive)
                .filter(alive -> alive.info().command().isPresent())
                .isEmpty());
    }

    /** What it started goes on and holds its output open, as a shared ssh connection does. */
    @Test
    void oneThatLeavesSomethingBehindIsNotWaitedFor() throws Exception {
        scripts.make("leaves", "sleep 20 & echo $! > " + folder + "/child; echo done; exit 3");

        assertThat(programs.run(List.of("leaves"), LONG)).isEqualTo(new Programs.Ended(3, "done", "done"));
        ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("child")).strip()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void oneThatAsksForAPasswordGetsNoTerminalAndNoInput() throws Exception {
        scripts.make("asks", "printf 'Password: ' > /dev/tty || exit 4; read -r password < /dev/tty; exit 0");
        scripts.make("reads", "printf 'Password: '; read -r password || exit 5; exit 0");

        assertThat(programs.run(List.of("asks"), LONG)).matches(result -> ((Programs.Ended) result).code() == 4);
        assertThat(programs.run(List.of("reads"), LONG)).isEqualTo(new Programs.Ended(5, "Password:", "Password:"));
    }

    @Test
    void ofANovelTheLastLineIsKeptFitForATerminal() throws Exception {
        scripts.make(
                "novel",
                "yes 'It was a dark and stormy night' | head -n 200000 >&2; printf 'the \\033[31mend\\007\\n' >&2;"
                        + " exit 7");

        assertThat(programs.run(List.of("novel"), LONG))
                .isEqualTo(new Programs.Ended(7, "the \uFFFD[31mend\uFFFD", ""));
    }

    @Test
    void aLineWithoutEndIsCutOff() throws Exception {
        scripts.make("endless", "head -c 3000000 /dev/zero | tr '\\0' x; exit 1");

        Programs.Ended ended = (Programs.Ended) programs.run(List.of("endless"), LONG);

        assertThat(ended.said()).hasSize(301).endsWith("…");
    }

    @Test
    void patopsOwnSecretsAreNotPassedOn() throws Exception {
        scripts.make("tells", "env");
        Map<String, String> environment = new HashMap<>(scripts.environment());
        environment.put("PGPASSWORD", "secret1");
        environment.put("PATOP_DSN", "secret2");
        environment.put("PATRONI_RESTAPI_PASSWORD", "secret3");
        scripts.make("tells", "env > " + folder + "/env");

        Programs.Result result = new LocalPrograms(environment).run(List.of("tells"), LONG);

        assertThat(result).isEqualTo(new Programs.Ended(0, "", ""));
        assertThat(Files.readString(folder.resolve("env"))).doesNotContain("secret");
    }
}
