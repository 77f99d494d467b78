package io.patop.command.patronictl.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.cluster.ClusterView;
import io.patop.cluster.PatroniVersion;
import io.patop.command.PatronictlCase;
import io.patop.command.shell.TableFormat;
import io.patop.patroni.PatroniJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The member lists, beside what patronictl itself printed for the same clusters. */
class MembersTableTest {

    private static final String SYSTEM_IDENTIFIER = "7711545156687427650";

    @TestFactory
    Stream<DynamicTest> eachListIsPatronictlsByteForByte() {
        return PatronictlCase.all("list-").flatMap(given -> given.outputs().stream()
                .map(output -> DynamicTest.dynamicTest(
                        given + " " + output.version() + " " + output.format() + (output.extended() ? " -e" : ""),
                        () -> assertThat(print(given, output)).isEqualTo(output.text()))));
    }

    @Test
    void theCasesCoverAllFourVersionsAndAllFormats() {
        assertThat(PatronictlCase.all("list-").flatMap(given -> given.outputs().stream()))
                .extracting(output -> output.version() + " " + output.format())
                .contains("2.0.2 pretty", "3.0.2 tsv", "4.0.7 json", "4.1.5 yaml", "4.1.5 topology", "3.0.2 topology");
    }

    private static String print(PatronictlCase given, PatronictlCase.Output output) throws Exception {
        ListedCluster cluster = new ListedCluster(
                given.name(),
                Optional.of(SYSTEM_IDENTIFIER),
                PatroniVersion.parse(output.version()),
                PatroniJson.cluster(given.tree()));
        MembersTable.Selection selection = new MembersTable.Selection(output.extended(), List.of());
        return output.format().equals("topology")
                ? MembersTable.topology(cluster, selection, TableFormat.PRETTY)
                : MembersTable.list(
                        cluster, selection, TableFormat.named(output.format()).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "2.0.2,' Cluster: demo (77) '",
        "3.0.0,' Cluster: demo '",
        "3.1.0,' Cluster: demo '",
        "3.1.1,' Cluster: demo (77) '",
        "3.2.2,' Cluster: demo (77) '",
        "4.1.5,' Cluster: demo (77) '"
    })
    void theTitleHasTheIdentifierAsThatVersionHas(String version, String title) {
        assertThat(listed("[]", Optional.of("77"), version).title()).isEqualTo(title);
    }

    @Test
    void anIdentifierThatNoNodeToldIsUnknown() {
        assertThat(listed("[]", Optional.empty(), "4.1.5").title()).isEqualTo(" Cluster: demo (unknown) ");
        assertThat(listed("[{'name':'a','state':'initializing new cluster'}]", Optional.empty(), "4.1.5")
                        .title())
                .isEqualTo(" Cluster: demo (initializing) ");
    }

    @ParameterizedTest
    @CsvSource({
        "3.0.4,Cluster|Member|Host|Role|State|TL|Lag in MB|Pending restart|Scheduled restart|Tags",
        "3.2.2,Cluster|Member|Host|Role|State|TL|Lag in MB|Pending restart|Scheduled restart|Tags",
        "3.3.0,"
                + "Cluster|Member|Host|Role|State|TL|Lag in MB|Pending restart|Pending restart reason"
                + "|Scheduled restart|Tags",
        "4.1.0,"
                + "Cluster|Member|Host|Role|State|TL|Receive LSN|Receive Lag|Replay LSN|Replay Lag"
                + "|Pending restart|Pending restart reason|Scheduled restart|Tags"
    })
    void theColumnsAreThoseOfTheVersion(String version, String columns) {
        String tsv = MembersTable.list(
                listed("[]", Optional.empty(), version), new MembersTable.Selection(true, List.of()), TableFormat.TSV);
        assertThat(tsv).isEqualTo(columns.replace('|', '\t') + "\n");
    }

    @Test
    void withoutAVersionTheMembersFieldsTellTheColumns() {
        String replica = "{'name':'b','role':'replica','state':'running','lag':0%s}";
        String leader = "{'name':'a','role':'leader','state':'running'}";
        assertThat(names("[" + leader + "]")).contains("Receive LSN");
        assertThat(names("[" + leader + "," + replica.formatted("") + "]")).contains("Lag in MB");
        assertThat(names("[" + replica.formatted(",'receive_lsn':'0/1','receive_lag':0") + "]"))
                .contains("Receive LSN");
    }

    private static String names(String members) {
        ClusterView view = view(members);
        ListedCluster cluster = new ListedCluster("demo", Optional.empty(), Optional.empty(), view);
        return MembersTable.list(cluster, MembersTable.Selection.DEFAULT, TableFormat.TSV)
                .lines()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anOldMembersOneLagStandsWhereItBelongsInANewCluster() {
        String members = "[{'name':'a','role':'leader','state':'running'},"
                + "{'name':'b','role':'replica','state':'streaming','lag':3145728},"
                + "{'name':'c','role':'replica','state':'running','lag':1048576,'receive_lsn':'unknown',"
                + "'receive_lag':'unknown','replay_lsn':'unknown','replay_lag':'unknown'},"
                + "{'name':'d','role':'replica','state':'stopped','lag':'unknown'}]";
        assertThat(MembersTable.list(
                        listed(members, Optional.of("77"), "4.1.5"),
                        MembersTable.Selection.DEFAULT,
                        TableFormat.PRETTY))
                .isEqualTo(
                        """
                        + Cluster: demo (77) -----+-----------+----+-------------+-----+------------+-----+
                        | Member | Host | Role    | State     | TL | Receive LSN | Lag | Replay LSN | Lag |
                        +--------+------+---------+-----------+----+-------------+-----+------------+-----+
                        | a      |      | Leader  | running   |    |             |     |            |     |
                        | b      |      | Replica | streaming |    |     unknown |   3 |    unknown |     |
                        | c      |      | Replica | running   |    |     unknown |     |    unknown |   1 |
                        | d      |      | Replica | stopped   |    |     unknown |     |    unknown |     |
                        +--------+------+---------+-----------+----+-------------+-----+------------+-----+
                        """);
    }

    @Test
    void chosenColumnsComeInTheirOrderUnderTheirFullNames() {
        MembersTable.Selection chosen = new MembersTable.Selection(
                false,
                List.of(MembersColumn.CLUSTER, MembersColumn.RECEIVE_LAG, MembersColumn.TAGS, MembersColumn.MEMBER));
        ListedCluster cluster = listed("[{'name':'a','role':'leader','state':'running'}]", Optional.of("7"), "4.1.5");
        assertThat(MembersTable.list(cluster, chosen, TableFormat.PRETTY))
                .isEqualTo(
                        """
                        + Cluster: demo (7) ----+------+--------+
                        | Cluster | Receive Lag | Tags | Member |
                        +---------+-------------+------+--------+
                        | demo    |             |      | a      |
                        +---------+-------------+------+--------+
                        """);
        assertThat(MembersTable.list(cluster, chosen, TableFormat.TSV))
                .isEqualTo("Cluster\tReceive Lag\tTags\tMember\ndemo\t\t\ta\n");
        assertThat(MembersTable.list(cluster, chosen, TableFormat.JSON))
                .isEqualTo("[{\"Cluster\": \"demo\", \"Member\": \"a\"}]\n");
    }

    @Test
    void aColumnChosenTwiceIsThereOnce() {
        assertThat(new MembersTable.Selection(false, List.of(MembersColumn.TL, MembersColumn.TL)).columns())
                .containsExactly(MembersColumn.TL);
    }

    @ParameterizedTest
    @CsvSource({"Lag in MB", "lag in mb", "lag_in_mb", "lag-in-mb", "' LAG_IN_MB '"})
    void aColumnIsNamedInAnyOfThoseWays(String name) {
        assertThat(MembersColumn.named(name)).contains(MembersColumn.LAG_IN_MB);
    }

    @Test
    void whatIsNoColumnIsNone() {
        assertThat(MembersColumn.named("lag")).isEmpty();
        assertThat(MembersColumn.named("")).isEmpty();
    }

    @Test
    void aPendingRestartsReasonsStayOnOneLineInTsv() {
        String tsv = MembersTable.list(
                listed(
                        "[{'name':'a','role':'leader','state':'running','host':'h','pending_restart':true,"
                                + "'pending_restart_reason':{'x':{'old_value':'1','new_value':'2'},"
                                + "'y':{'old_value':'3','new_value':'4'}},'tags':{'t':'one\\ntwo'}}]",
                        Optional.empty(),
                        "4.1.5"),
                MembersTable.Selection.DEFAULT,
                TableFormat.TSV);
        assertThat(tsv.lines()).hasSize(2);
        assertThat(tsv).contains("\t*\tx: 1->2 y: 3->4\t{t: 'one");
    }

    @Test
    void aRingOfReplicasIsShownBelowTheLeader() {
        String member = "{'name':'%s','role':'%s','state':'running','tags':{'replicatefrom':'%s'}}";
        String members = "[" + member.formatted("a", "leader", "")
                + "," + member.formatted("b", "replica", "c")
                + "," + member.formatted("c", "replica", "b")
                + "," + member.formatted("d", "replica", "a") + "]";
        assertThat(Topology.of(view(members)))
                .extracting(Topology.Place::label)
                .containsExactly("a", "+ d", "+ b", "  + c");
    }

    @Test
    void aSecondLeaderIsShownToo() {
        String members = "[{'name':'a','role':'leader'},{'name':'b','role':'standby_leader'},"
                + "{'name':'c','role':'replica'}]";
        assertThat(Topology.of(view(members))).extracting(Topology.Place::label).containsExactly("a", "+ c", "b");
    }

    @Test
    void aChainOfAnyLengthIsATopology() {
        StringBuilder members = new StringBuilder("[{'name':'m0','role':'leader'}");
        for (int i = 1; i < 3000; i++) {
            members.append(",{'name':'m%d','role':'replica','tags':{'replicatefrom':'m%d'}}".formatted(i, i - 1));
        }
        assertThat(Topology.of(view(members + "]")))
                .hasSize(3000)
                .last()
                .extracting(Topology.Place::level)
                .isEqualTo(2999);
    }

    @Test
    void nothingFromOutsideReachesATerminalUnfiltered() {
        String evil = "e\\u001b[31m\\u202e\\u0007\\u009b\\u0085\\u2028\\tv";
        String members = ("[{'name':'@','role':'@','state':'@','host':'@','tags':{'@':'@'},'pending_restart':true,"
                        + "'pending_restart_reason':{'@':{'old_value':'@','new_value':'@'}},"
                        + "'scheduled_restart':{'schedule':'@','postgres_version':'@'}}],"
                        + "'pause':true,'scheduled_switchover':{'at':'@','from':'@','to':'@'},'scope':'x'")
                .replace("@", evil);
        String clusterName = "e\u001b[31m\u202e\u0085\nv";
        ListedCluster cluster = new ListedCluster(
                clusterName,
                Optional.of(clusterName),
                PatroniVersion.parse("4.1.5"),
                viewOf("{'members':" + members + "}"));
        for (TableFormat format : TableFormat.values()) {
            for (String text : List.of(
                    MembersTable.list(cluster, MembersTable.Selection.DEFAULT, format),
                    MembersTable.topology(cluster, MembersTable.Selection.DEFAULT, format))) {
                assertThat(text.codePoints()
                                .filter(point -> isDangerous(point, format))
                                .boxed())
                        .as("%s: %s", format, text)
                        .isEmpty();
            }
        }
    }

    private static boolean isDangerous(int point, TableFormat format) {
        boolean separator = point == '\n' || (point == '\t' && format == TableFormat.TSV);
        int type = Character.getType(point);
        return !separator
                && (type == Character.CONTROL
                        || type == Character.FORMAT
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR
                        || type == Character.SURROGATE);
    }

    private static ListedCluster listed(String members, Optional<String> identifier, String version) {
        return new ListedCluster("demo", identifier, PatroniVersion.parse(version), view(members));
    }

    private static ClusterView view(String members) {
        return viewOf("{'members':" + members + "}");
    }

    private static ClusterView viewOf(String json) {
        try {
            return PatroniJson.cluster(PatroniJson.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        } catch (PatroniJson.NotPatroni broken) {
            throw new IllegalArgumentException(broken);
        }
    }
}
