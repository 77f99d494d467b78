package io.patop.command;

import static io.patop.command.NodesOnHttp.MINE;
import static io.patop.command.NodesOnHttp.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.patop.command.shell.ExitCode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code patop restart --rolling} looks again before each member, as the dashboard does. */
@Timeout(60)
class RollingRestartTest {

    private NodesOnHttp nodes;

    @BeforeEach
    void start() throws IOException {
        nodes = new NodesOnHttp("a", "b", "c");
        nodes.said.put("a", status("a", MINE).replace("replica", "primary"));
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void replicasRestartOneAfterTheOtherAndTheLeaderLast() {
        Run run = nodes.run("restart --rolling --force");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(nodes.sent).containsExactly("b: POST /restart", "c: POST /restart", "a: POST /restart");
    }

    @Test
    void itStopsWhereAMemberThatIsStillToComeHasBecomeTheLeader() {
        nodes.onSent = request -> nodes.leader = "c";

        Run run = nodes.run("restart --rolling --force");

        assertThat(nodes.sent).containsExactly("b: POST /restart");
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).endsWith("patop: c leads now; stopped there, b restarted before, not restarted: c, a\n");
    }

    @Test
    void itStopsWhereOneThatHasRestartedHasBecomeTheLeader() {
        nodes.onSent = request -> nodes.leader = "b";

        Run run = nodes.run("restart --rolling --force");

        assertThat(nodes.sent).containsExactly("b: POST /restart");
        assertThat(run.err()).endsWith("patop: b leads now; stopped there, b restarted before, not restarted: c, a\n");
    }

    @Test
    void itStopsWhereNobodyLeadsAnyMore() {
        nodes.onSent = request -> nodes.leader = "nobody";

        Run run = nodes.run("restart --rolling --force");

        assertThat(nodes.sent).containsExactly("b: POST /restart");
        assertThat(run.err())
                .endsWith("patop: a no longer leads; stopped there, b restarted before, not restarted: c, a\n");
    }

    @Test
    void itStopsAtTheFirstThatIsNotThere() {
        nodes.said.remove("b");

        Run run = nodes.run("restart --rolling --force");

        assertThat(nodes.sent).isEmpty();
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("; nothing was sent; stopped there, not restarted: c, a");
    }
}
