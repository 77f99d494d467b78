package io.patop.command;

import static io.patop.command.NodesOnHttp.MINE;
import static io.patop.command.NodesOnHttp.THEIRS;
import static io.patop.command.NodesOnHttp.nameless;
import static io.patop.command.NodesOnHttp.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Before a command sends anything to a member, it asks who answers at the member's address: silence, another member
 * and a node of another cluster are sent nothing.
 */
@Timeout(60)
class WhoAnswersTest {

    /** Each command that Patroni is sent, so that it asks nothing. */
    static final List<String> COMMANDS = List.of(
            "restart a --force",
            "restart a --force --rolling",
            "reload a --force",
            "reinit b --force",
            "flush restart --force",
            "flush switchover --force",
            "switchover --force --candidate b",
            "failover --force --candidate b",
            "pause",
            "edit-config --force -q -s ttl=40",
            "demote-cluster --force --host elsewhere");

    private NodesOnHttp nodes;

    @BeforeEach
    void start() throws IOException {
        nodes = new NodesOnHttp("a", "b");
    }

    @AfterEach
    void stop() {
        nodes.close();
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void nothingIsSentToWhoeverIsSilent(String command) {
        nodes.said.keySet().removeAll(nodes.published.keySet());

        Run run = nodes.run(command);

        assertThat(nodes.sent).isEmpty();
        assertThat(run.code()).as(run.toString()).isNotZero();
        assertThat(run.out() + run.err()).contains("; nothing was sent");
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void nothingIsSentToAnotherMember(String command) {
        nodes.published.keySet().forEach(name -> nodes.said.put(name, status("c", MINE)));

        Run run = nodes.run(command);

        assertThat(nodes.sent).isEmpty();
        assertThat(run.code()).as(run.toString()).isNotZero();
        assertThat(run.out() + run.err())
                .contains(": another member answers there: c; nothing was sent to it in place of ");
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void nothingIsSentToAMemberOfThatNameOfAnotherDatabaseCluster(String command) {
        nodes.published.keySet().forEach(name -> nodes.said.put(name, status(name, THEIRS)));

        Run run = nodes.run(command);

        assertThat(nodes.sent).isEmpty();
        assertThat(run.code()).as(run.toString()).isNotZero();
        assertThat(run.out() + run.err())
                .contains("a node of another database cluster answers there: system identifier " + THEIRS
                        + "; nothing was sent to it in place of ");
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void nothingIsSentWhereTwoPublishOneAddressAndNoNameIsTold(String command) {
        nodes.published.put("b", nodes.published.get("a"));
        nodes.published.keySet().forEach(name -> nodes.said.put(name, nameless(MINE)));

        Run run = nodes.run(command);

        assertThat(nodes.sent).isEmpty();
        assertThat(run.code()).as(run.toString()).isNotZero();
        assertThat(run.out() + run.err())
                .contains(" has published that address too, and what answers there does not tell its name;"
                        + " nothing was sent to it in place of ");
    }

    @Test
    void aNodeBefore32IsKnownByItsSystemIdentifierAndAddress() {
        nodes.published.keySet().forEach(name -> nodes.said.put(name, nameless(MINE)));
        nodes.said.put("seed", nameless(MINE));
        assertThat(nodes.run("reload a --force").code()).isZero();
        assertThat(nodes.sent).containsExactly("a: POST /reload");

        nodes.said.put("a", nameless(THEIRS));
        nodes.sent.clear();
        assertThat(nodes.run("reload a --force").out()).contains("system identifier " + THEIRS + "; nothing was sent");
        assertThat(nodes.sent).isEmpty();
    }

    /** While a question stands, an address can pass to another member, and before 3.2 no node tells its name. */
    @Test
    void aNamelessNodeIsComparedWithWhoIsListedAtThatMoment() {
        nodes.published.keySet().forEach(name -> nodes.said.put(name, nameless(MINE)));
        nodes.said.put("seed", nameless(MINE));
        nodes.onConfig = () -> nodes.published.put("b", nodes.published.get("a"));

        Run run = nodes.run("reload a --force");

        assertThat(run.out()).contains("b has published that address too");
        assertThat(nodes.sent).isEmpty();
    }

    @Test
    void theMemberItselfIsSentToOnce() {
        assertThat(nodes.run("reload a b --force").code()).isZero();
        assertThat(nodes.sent).containsExactly("a: POST /reload", "b: POST /reload");
    }

    @Test
    void whatConcernsTheClusterGoesToTheNextWhereTheLeaderIsSilentOrAStranger() {
        nodes.said.remove("a");
        assertThat(nodes.run("pause").code()).isZero();
        assertThat(nodes.sent).containsExactly("b: PATCH /config");

        nodes.said.put("a", status("a", THEIRS));
        nodes.sent.clear();
        assertThat(nodes.run("pause").code()).isZero();
        assertThat(nodes.sent).containsExactly("b: PATCH /config");
    }

    /** It tells the cluster's identifier no more than it is asked in a member's place. */
    @Test
    void aStrangerAtAMembersAddressIsNotInTheTable() {
        nodes.said.put("a", status("a", THEIRS).replace("4.0.4", "9.9.9"));
        assertThat(nodes.run("list").out()).contains(MINE).doesNotContain(THEIRS);
    }
}
