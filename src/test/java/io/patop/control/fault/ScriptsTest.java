package io.patop.control.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which process is taken for Patroni, among those that containers were seen to have. */
class ScriptsTest {

    private static final String PATRONI = "/usr/bin/python3 /usr/bin/patroni /etc/patroni.yml";
    private static final String FORK_SERVER = "/usr/bin/python3 -c import sys; from multiprocessing.forkserver import"
            + " main; main(3, 5, ['__main__'], sys_argv=sys.argv[1:]) /usr/bin/patroni /etc/patroni.yml";

    @TempDir
    private Path proc;

    /** As the first process Patroni has a child that does the work; until Python 3.13 that is a fork. */
    @Test
    void aForkOfTheFirstProcess() throws Exception {
        process(1, 0, PATRONI);
        process(7, 1, PATRONI);
        process(19, 7, "postgres");
        assertThat(found()).isEqualTo("7, first: 1");
    }

    /** From Python 3.14 on that child comes from a server of forks, which looks like it and does nothing. */
    @Test
    void aChildOfAForkServer() throws Exception {
        process(1, 0, PATRONI);
        process(19, 1, "/usr/bin/python3 -c from multiprocessing.resource_tracker import main;main(3)");
        process(20, 1, FORK_SERVER);
        process(21, 20, FORK_SERVER);
        process(471, 1, "postgres");
        assertThat(found()).isEqualTo("21, first: 1");
    }

    @Test
    void aServiceOfAMachineBesideSomebodysPatronictl() throws Exception {
        process(1, 0, "/sbin/init");
        process(812, 1, PATRONI);
        process(90, 80, "/usr/bin/python3 /usr/bin/patronictl list");
        assertThat(found()).isEqualTo("812, first: no");
    }

    @Test
    void thereIsNone() throws Exception {
        process(1, 0, "/sbin/init");
        assertThat(found()).isEqualTo("Patroni does not run in there");
    }

    private void process(int number, int parent, String line) throws IOException {
        Path folder = Files.createDirectory(proc.resolve(String.valueOf(number)));
        Files.writeString(folder.resolve("cmdline"), line.replace(' ', '\0') + '\0');
        Files.writeString(folder.resolve("stat"), number + " (python3) S " + parent + " 1 1 0 -1 4194560\n");
    }

    private String found() throws Exception {
        String script = Scripts.PATRONI.replace("/proc", proc.toString()) + "echo \"$pid, first: ${first:-no}\"";
        Process shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(shell.waitFor()).isIn(0, 3);
        return said;
    }
}
