package io.patop.haproxy;

import io.patop.MutatedJson;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a proxy writes is understood or is "no statistics"; nothing else comes of it. */
class StatsFuzzTest {

    private static final String CSV =
            "# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,status,weight,act,bck,chkfail,"
                    + "lastchg,downtime,type,check_status,check_code,last_chk,addr,\n"
                    + "stats,FRONTEND,,,1,1,100,1,0,0,OPEN,,,,,,,0,,,,,\n"
                    + "leader,patroni1,0,0,0,1,,5,1,2,UP,1,1,0,0,12,0,2,L7OK,200,\"HTTP status check returned code \"\"200\"\"\","
                    + "10.0.1.5:5432,\n"
                    + "leader,patroni2,0,0,0,1,,5,1,2,DOWN 1/2,1,1,0,0,-1,0,2,L7STS,503,,[fd00::1]:5432,\n"
                    + "leader,BACKEND,0,0,0,1,100,5,1,2,UP,1,1,0,,12,0,1,,,,unix:1,\n";

    @Property
    void rows(@ForAll("tables") String csv) {
        try {
            for (StatRow row : StatsText.rows(csv)) {
                var unused = List.of(
                        row.key(), row.kind(), row.condition(), row.number("scur"), row.number("lastchg"), row.host());
            }
        } catch (StatsText.NotStatistics refused) {
            if (refused.getMessage().lines().count() != 1) {
                throw new AssertionError("not one line: " + refused.getMessage(), refused);
            }
        }
    }

    @Property
    void info(@ForAll("infos") String text) {
        ProcessInfo info = StatsText.info(text);
        var unused = List.of(info.version(), info.number("Uptime_sec"));
    }

    @Property
    void states(@ForAll("statesOfServers") String text) {
        for (ServerState state : StatsText.states(text)) {
            var unused = List.of(state.key(), state.address(), state.hostName());
        }
    }

    @Property
    void endpoints(@ForAll("places") String text) {
        try {
            var unused = ProxyEndpoint.parse(text, java.util.Optional.empty()).name();
        } catch (IllegalArgumentException refused) {
            if (refused.getClass() != IllegalArgumentException.class) {
                throw refused;
            }
        }
    }

    @Provide
    Arbitrary<String> tables() {
        return MutatedJson.text(List.of(CSV));
    }

    @Provide
    Arbitrary<String> infos() {
        return MutatedJson.text(
                List.of("Name: HAProxy\nVersion: 2.6.12-1+deb12u4\nUptime_sec: 12\nNode: a\ndescription: \n"));
    }

    @Provide
    Arbitrary<String> statesOfServers() {
        return MutatedJson.text(
                List.of("1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_fqdn\n"
                        + "3 leader 1 patroni1 10.0.1.5 2 0 patroni1\n3 leader 2 patroni2 - 0 32 -\n"));
    }

    @Provide
    Arbitrary<String> places() {
        return MutatedJson.text(List.of(
                "/run/haproxy/admin.sock",
                "unix:/run/h.sock",
                "tcp://10.0.0.1:9999",
                "10.0.0.1:9999",
                "http://user:secret@h:7000/stats;csv",
                "https://[::1]:7000/"));
    }
}
