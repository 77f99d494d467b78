package io.patop.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HAProxy writes, read by its columns' names. */
class StatsTextTest {

    @Test
    void textsWithCommasAndQuotesAreOneField() throws Exception {
        List<StatRow> rows = StatsText.rows("# pxname,svname,status,last_chk,check_desc,\n"
                + "web,a,UP,\"says \"\"no, never\"\"\",\"one, two\",\n");

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).text("last_chk")).isEqualTo("says \"no, never\"");
        assertThat(rows.get(0).text("check_desc")).isEqualTo("one, two");
    }

    @Test
    void columnsAreKnownByNameAndUnknownOnesKept() throws Exception {
        StatRow row = StatsText.rows("# pxname,svname,brand_new,scur,\nleader,patroni1,42,7,\n")
                .get(0);

        assertThat(row.number("scur")).contains(7L);
        assertThat(row.text("brand_new")).isEqualTo("42");
        assertThat(row.fields()).containsOnlyKeys("pxname", "svname", "brand_new", "scur");
        assertThat(row.number("stot"))
                .as("a column that this version does not have")
                .isEmpty();
    }

    @Test
    void linesAreReadThatAreShorterOrLongerThanTheHeader() throws Exception {
        List<StatRow> rows = StatsText.rows("# pxname,svname,scur,\na,b\na,c,1,2,3\n\n");

        assertThat(rows).extracting(StatRow::key).containsExactly("a/b", "a/c");
        assertThat(rows.get(1).number("scur")).contains(1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html><body>Statistics Report</body></html>", "pxname;svname\n", "# something,else\n"})
    void aPageThatIsNoCsvIsRefused(String page) {
        assertThatThrownBy(() -> StatsText.rows(page))
                .isInstanceOf(StatsText.NotStatistics.class)
                .hasMessageContaining("no statistics");
    }

    @Test
    void aQuoteThatNeverEndsIsRefused() {
        assertThatThrownBy(() -> StatsText.rows("# pxname,svname,\na,\"b\n"))
                .isInstanceOf(StatsText.NotStatistics.class);
    }

    @ParameterizedTest
    @CsvSource({
        "UP, UP",
        "UP 1/2, UP",
        "UP 2/3 ↓, UP",
        "no check, UP",
        "DOWN, DOWN",
        "DOWN 1/2, DOWN",
        "DOWN (agent), DOWN",
        "MAINT, MAINT",
        "MAINT (resolution), MAINT",
        "MAINT (via x/y), MAINT",
        "DRAIN, DRAIN",
        "NOLB 1/2, DRAIN",
        "OPEN, OPEN",
        "STOP, CLOSED",
        "FULL, CLOSED",
        "quite new, OTHER"
    })
    void everyWordOfStatusComesToSomething(String word, Condition condition) {
        assertThat(Condition.of(word)).isEqualTo(condition);
    }

    @Test
    void theProcessAndTheServersAreReadByName() {
        ProcessInfo info =
                StatsText.info("Name: HAProxy\nVersion: 3.1.0\nUptime: 0d 1h02m03s\nUptime_sec: 3723\nnew: x: y\n");
        assertThat(info.version()).contains("3.1.0");
        assertThat(info.number("Uptime_sec")).contains(3723L);
        assertThat(info.text("new")).contains("x: y");

        List<ServerState> states = StatsText.states(
                "1\n# be_id be_name srv_id srv_name srv_addr srv_fqdn\n4 leader 1 patroni1 10.0.0.5 -\n");
        assertThat(states).hasSize(1);
        assertThat(states.get(0).key()).isEqualTo("leader/patroni1");
        assertThat(states.get(0).address()).contains("10.0.0.5");
        assertThat(states.get(0).hostName()).isEmpty();
        assertThat(StatsText.states("Permission denied\n")).isEmpty();
    }

    @Test
    void theAddressOfAServerIsItsHost() throws Exception {
        List<StatRow> rows = StatsText.rows(
                "# pxname,svname,addr,\na,b,10.0.0.5:5432,\na,c,[fd00::5]:5432,\na,d,unix:/run/x,\na,e,,\n");

        assertThat(rows.stream().map(StatRow::host).map(host -> host.orElse("-")))
                .containsExactly("10.0.0.5", "fd00::5", "-", "-");
    }
}
