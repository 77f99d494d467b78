package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.control.InjectedFault;
import io.patop.docker.ContainerAccess;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cuts a container off, or slows down its network: by a table of nftables or a queueing discipline of its own, which a
 * short-lived helper container makes and removes in the network namespace. The container keeps its address, which it
 * would not in a swarm if it were disconnected and connected again.
 *
 * @param fault which of them
 * @param access by which helpers run
 * @param image of the helpers: it has {@code sh}, {@code nft} and {@code tc}
 */
record NetworkFault(InjectedFault fault, ContainerAccess access, String image) implements ContainerFault {

    /** Finds the true tc: busybox, which may be the shell, has a small one of its own, and prefers it. */
    static final String TC = "for tc in /bin/tc /sbin/tc /usr/sbin/tc; do [ ! -x $tc ] || break; done; ";

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]{2,45}");

    @Override
    public Answer<Map<String, String>> before(Action.Inject.Place place) {
        boolean cuts = fault == InjectedFault.PARTITION_DCS || fault == InjectedFault.PARTITION_MEMBERS;
        boolean known =
                !place.addresses().isEmpty() && place.addresses().stream().allMatch(ADDRESS.asMatchPredicate());
        if (cuts && !known) {
            return new Answer.Missing<>(
                    new Failure(Failure.Kind.REJECTED, "the addresses to cut it off from are not known"),
                    Duration.ZERO);
        }
        return new Answer.Given<>(Map.of(), Duration.ZERO);
    }

    @Override
    public Answer<String> cause(Action.Inject.Place place, Map<String, String> before) {
        return access.runInNetworkOf(place.containerId(), image, script(place.addresses()))
                .map(said -> "");
    }

    @Override
    public Answer<String> undo(String containerId, Map<String, String> before) {
        String script = isQueue()
                ? TC + "for d in $(ls /sys/class/net); do [ $d = lo ] || $tc qdisc del dev $d root 2> /dev/null; done;"
                        + " exit 0"
                : "nft add table inet " + table() + " && nft delete table inet " + table();
        return access.runInNetworkOf(containerId, image, script).map(said -> "");
    }

    /** The script that causes it. */
    String script(List<String> addresses) {
        return switch (fault) {
            case PARTITION -> table("iifname != \"lo\" drop", "oifname != \"lo\" drop");
            case PARTITION_DCS, PARTITION_MEMBERS -> table(rules("saddr", addresses), rules("daddr", addresses));
            case LOSS -> table("iifname != \"lo\" numgen random mod 100 < 30 drop", "");
            case BANDWIDTH -> queue("tbf rate 256kbit burst 16kb latency 2s");
            case DCS_SLOW -> queue("tbf rate 16kbit burst 2kb latency 10s");
            case DELAY -> queue("netem delay 200ms 50ms");
            default -> throw new IllegalArgumentException("no fault of a network: " + fault);
        };
    }

    private boolean isQueue() {
        return fault == InjectedFault.BANDWIDTH || fault == InjectedFault.DELAY || fault == InjectedFault.DCS_SLOW;
    }

    private String table() {
        return "patop_" + fault.word().replace('-', '_');
    }

    /** One transaction: an older table of that name is replaced. */
    private String table(String in, String out) {
        return "nft 'add table inet " + table() + "; delete table inet " + table() + "; table inet " + table()
                + " { chain in { type filter hook input priority -300; policy accept; " + in + "; };"
                + (out.isEmpty()
                        ? ""
                        : " chain out { type filter hook output priority -300; policy accept; " + out + "; };")
                + " }'";
    }

    private static String rules(String side, List<String> addresses) {
        return addresses.stream()
                .map(address -> (address.contains(":") ? "ip6 " : "ip ") + side + " " + address + " drop")
                .collect(Collectors.joining("; "));
    }

    private static String queue(String discipline) {
        return TC + "for d in $(ls /sys/class/net); do [ $d = lo ] || $tc qdisc add dev $d root " + discipline
                + " || exit 2; done";
    }
}
