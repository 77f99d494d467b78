package io.patop.control.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.control.InjectedFault;
import io.patop.docker.DockerClient;
import io.patop.docker.DockerEndpoint;
import io.patop.watch.model.Action;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The exact commands, since not every kernel has what they need: netem is not in CI's. */
class NetworkFaultTest {

    @Test
    void aPartitionIsOneTableOfNftables() throws Exception {
        assertThat(fault(InjectedFault.PARTITION).script(List.of()))
                .isEqualTo("nft 'add table inet patop_partition; delete table inet patop_partition;"
                        + " table inet patop_partition {"
                        + " chain in { type filter hook input priority -300; policy accept; iifname != \"lo\" drop; };"
                        + " chain out { type filter hook output priority -300; policy accept; oifname != \"lo\" drop;"
                        + " }; }'");
        assertThat(fault(InjectedFault.PARTITION_DCS).script(List.of("10.0.0.2", "fd00::2")))
                .contains("ip saddr 10.0.0.2 drop; ip6 saddr fd00::2 drop; }")
                .contains("ip daddr 10.0.0.2 drop; ip6 daddr fd00::2 drop; }");
    }

    @Test
    void aSlowNetworkIsAQueueingDisciplineOfEachInterface() throws Exception {
        assertThat(fault(InjectedFault.DELAY).script(List.of()))
                .endsWith("for d in $(ls /sys/class/net); do [ $d = lo ] || $tc qdisc add dev $d root"
                        + " netem delay 200ms 50ms || exit 2; done");
        assertThat(fault(InjectedFault.BANDWIDTH).script(List.of())).contains("tbf rate 256kbit burst 16kb");
    }

    @Test
    void whatIsNoAddressReachesNoShell() throws Exception {
        Action.Inject.Place place = new Action.Inject.Place(
                "0123456789ab", "patroni1", Optional.empty(), 1, List.of("10.0.0.2", "$(reboot)"));
        assertThat(fault(InjectedFault.PARTITION_DCS).before(place).failure()).isPresent();
    }

    private static NetworkFault fault(InjectedFault fault) throws Exception {
        DockerClient nobody = DockerClient.of(new DockerEndpoint.Unix(Path.of("/nowhere")));
        return new NetworkFault(fault, nobody.access(), "patop");
    }
}
