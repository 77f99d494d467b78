package io.patop.control.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.patop.watch.model.Action.MemberOperation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What systemd over ssh runs, and that OpenSSH's own client and server take it as it was meant. */
@Timeout(300)
class SystemdOverSshTest {

    private static final PlacedMember PG1 = new PlacedMember("pg1", Optional.of("10.0.0.1"));
    private static final String USER = System.getProperty("user.name");

    private final SystemdOverSsh place = new SystemdOverSsh("admin@{host}", "patroni", true);

    @TempDir
    private Path folder;

    private Scripts here;
    private Scripts there;

    @BeforeEach
    void prepare() throws Exception {
        here = new Scripts(Files.createDirectory(folder.resolve("here")));
        there = new Scripts(Files.createDirectory(folder.resolve("there")));
    }

    @Test
    void whatIsRun() {
        assertThat(String.join(" ", place.command(MemberOperation.STOP, PG1)))
                .isEqualTo("ssh -T -o BatchMode=yes -o ConnectTimeout=5 admin@10.0.0.1 sudo -n systemctl stop patroni");
        assertThat(String.join(" ", place.command(MemberOperation.KILL, PG1)))
                .endsWith("sudo -n systemctl kill -s KILL patroni");
        assertThat(String.join(" ", place.command(MemberOperation.FREEZE, PG1))).endsWith("systemctl freeze patroni");
        assertThat(String.join(" ", place.command(MemberOperation.THAW, PG1))).endsWith("systemctl thaw patroni");
        assertThat(String.join(" ", place.command(MemberOperation.START, PG1))).endsWith("systemctl start patroni");
        assertThat(place.command(MemberOperation.PARTITION, PG1))
                .contains("nft")
                .last()
                .asString()
                .startsWith("\"add table inet patop_partition; delete table inet patop_partition; table inet");
        assertThat(place.where(PG1)).isEqualTo("patroni on admin@10.0.0.1");
        assertThat(new SystemdOverSsh("root@{host}", "patroni@{name}", false).command(MemberOperation.STOP, PG1))
                .endsWith("root@10.0.0.1", "systemctl", "stop", "patroni@pg1");
    }

    @Test
    void whatIsNoDestinationAndNoUnitIsRefused() {
        for (String wrong : List.of("-oProxyCommand=x", "admin@{host};reboot", "a b@{host}", "$(id)@{host}", "")) {
            assertThatThrownBy(() -> new SystemdOverSsh(wrong, "patroni", false))
                    .hasMessageStartingWith("ssh is");
        }
        for (String wrong : List.of("patroni;reboot", "--force", "a b", "`id`", "'")) {
            assertThatThrownBy(() -> new SystemdOverSsh("{host}", wrong, false)).hasMessageStartingWith("unit is");
        }
    }

    @Test
    void aHostileHostReachesNoShell() {
        for (String hostile : List.of("a;reboot", "$(reboot)", "-oProxyCommand=x", "a b", "a\nb", "a'b", "a|b", "")) {
            PlacedMember member = new PlacedMember("pg1", Optional.of(hostile));
            assertThat(place.hindrance(MemberOperation.STOP, member))
                    .as(hostile)
                    .isPresent();
        }
        assertThat(place.hindrance(MemberOperation.STOP, new PlacedMember("pg1", Optional.empty())))
                .contains("the host of pg1 is not known");
    }

    @Test
    void onlyAConnectionThatHadBegunMayHaveDoneIt() {
        assertThat(place.failed(MemberOperation.STOP, 255, "Connection to 10.0.0.1 closed by remote host."))
                .isEqualTo(MemberPlace.Failed.PERHAPS_DONE);
        assertThat(place.failed(MemberOperation.STOP, 255, "client_loop: send disconnect: Broken pipe"))
                .isEqualTo(MemberPlace.Failed.PERHAPS_DONE);
        assertThat(place.failed(
                        MemberOperation.STOP, 255, "kex_exchange_identification: Connection closed by remote host"))
                .isEqualTo(MemberPlace.Failed.NOT_DONE);
        assertThat(place.failed(MemberOperation.STOP, 255, "admin@10.0.0.1: Permission denied (publickey)."))
                .isEqualTo(MemberPlace.Failed.NOT_DONE);
        assertThat(place.failed(MemberOperation.STOP, 1, "closed by remote host"))
                .isEqualTo(MemberPlace.Failed.NOT_DONE);
    }

    /** The true ssh and sshd, and programs in place of systemctl and nft that write down what they get. */
    @Test
    void theOtherSideGetsTheVeryWords() throws Exception {
        assumeTrue(RealSshd.isHere(), "no OpenSSH server and client");
        there.make("systemctl", "");
        there.make("nft", "");
        SystemdOverSsh local = new SystemdOverSsh(USER + "@{host}", "patroni@{name}", false);
        PlacedMember member = new PlacedMember("pg1", Optional.of("127.0.0.1"));
        try (RealSshd sshd = RealSshd.start(folder.resolve("sshd"), there.folder())) {
            sshd.makeClient(here.folder());
            for (MemberOperation operation : MemberOperation.values()) {
                assertThat(run(local.command(operation, member))).isEqualTo(new Programs.Ended(0, "", ""));
            }
            assertThat(there.called("systemctl"))
                    .containsExactly(
                            List.of("stop", "patroni@pg1"),
                            List.of("start", "patroni@pg1"),
                            List.of("kill", "-s", "KILL", "patroni@pg1"),
                            List.of("freeze", "patroni@pg1"),
                            List.of("thaw", "patroni@pg1"));
            List<List<String>> nft = there.called("nft");
            assertThat(nft).hasSize(2).allSatisfy(words -> assertThat(words).hasSize(1));
            assertThat(nft.get(0).get(0))
                    .containsPattern("tcp dport \\d+ accept")
                    .doesNotContain("$");
            assertThat(nft.get(1).get(0))
                    .isEqualTo("add table inet patop_partition; delete table inet patop_partition");
        }
    }

    /** What fails there is told in its own words; a server that wants a password, or is unknown, is no prompt. */
    @Test
    void nobodyIsAskedForAPassword() throws Exception {
        assumeTrue(RealSshd.isHere(), "no OpenSSH server and client");
        there.make("systemctl", "echo \"Failed to stop $2.service: Unit $2.service not loaded.\" >&2; exit 5");
        List<String> stop = new SystemdOverSsh(USER + "@{host}", "patroni", false)
                .command(MemberOperation.STOP, new PlacedMember("pg1", Optional.of("127.0.0.1")));
        try (RealSshd sshd = RealSshd.start(folder.resolve("sshd"), there.folder())) {
            sshd.makeClient(here.folder());
            assertThat(run(stop))
                    .isEqualTo(new Programs.Ended(
                            5, "Failed to stop patroni.service: Unit patroni.service not loaded.", ""));
            sshd.forgetUser();
            assertThat(run(stop))
                    .isEqualTo(new Programs.Ended(255, USER + "@127.0.0.1: Permission denied (publickey).", ""));
            sshd.forgetHost();
            assertThat(run(stop))
                    .matches(result -> ((Programs.Ended) result).code() == 255
                            && ((Programs.Ended) result).said().contains("Host key verification failed"));
        }
        assertThat(run(stop))
                .matches(result -> ((Programs.Ended) result).said().contains("Connection refused"), "refused");
    }

    private Programs.Result run(List<String> command) {
        return new LocalPrograms(here.environment()).run(command, Duration.ofSeconds(60));
    }
}
