package io.patop.sim.haproxy;

import io.patop.sim.core.Endpoints;
import io.patop.sim.core.Proxy;
import io.patop.sim.core.Simulation;
import io.patop.sim.http.ShippedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes HAProxy's statistics: {@code show stat} and the same lines over HTTP, {@code show info} and
 * {@code show servers state}, with the columns of 2.6.12 of Debian 12.
 */
public final class ProxyStats {
    /** The columns, and lines of a real HAProxy that has just started; values that change are put in by the column's name. */
    private static final List<String> STAT = ShippedText.lines(ProxyStats.class, "stat.csv");

    private static final String COLUMNS = STAT.get(0);
    private static final String FRONTEND = STAT.get(1);
    private static final String SERVER = STAT.get(2);
    private static final String BACKEND = STAT.get(3);
    private static final String STATS = STAT.get(4);

    private static final List<String> INFO = ShippedText.lines(ProxyStats.class, "info.txt");
    private static final List<String> NAMES = Arrays.asList(COLUMNS.split(",", -1));

    private final Simulation world;
    private final Proxy proxy;

    public ProxyStats(Simulation world) {
        this.world = world;
        this.proxy = world.proxy();
    }

    /** Returns the CSV, with its header and a line end after each line. */
    String csv() {
        StringBuilder text = new StringBuilder("# ").append(COLUMNS).append(",\n");
        proxy.backends().forEach(backend -> text.append(frontend(backend)).append('\n'));
        for (Proxy.Backend backend : proxy.backends()) {
            backend.servers.values().forEach(server -> text.append(server(backend, server))
                    .append('\n'));
            text.append(backend(backend)).append('\n');
        }
        return text.append(STATS).append('\n').toString();
    }

    private static String filled(String template, Map<String, Object> values) {
        List<String> fields = new ArrayList<>(Arrays.asList(template.split(",", -1)));
        values.forEach((name, value) -> fields.set(NAMES.indexOf(name), String.valueOf(value)));
        return String.join(",", fields);
    }

    private Map<String, Object> counted(Proxy.Counters counters) {
        Map<String, Object> values = new HashMap<>();
        values.put("scur", counters.current);
        values.put("smax", counters.most);
        values.put("stot", counters.all);
        values.put("bin", counters.bytesIn);
        values.put("bout", counters.bytesOut);
        return values;
    }

    private String frontend(Proxy.Backend backend) {
        Map<String, Object> values = counted(backend.frontend);
        values.put("pxname", backend.name);
        values.put("iid", backend.frontendId);
        values.put("conn_tot", backend.frontend.all);
        return filled(FRONTEND, values);
    }

    private String server(Proxy.Backend backend, Proxy.Server server) {
        Map<String, Object> values = counted(server.counters);
        values.put("pxname", backend.name);
        values.put("svname", server.node.name);
        values.put("iid", backend.id);
        values.put("sid", server.id);
        values.put("status", server.status());
        values.put("weight", server.weight);
        values.put("uweight", server.weight);
        values.put("chkfail", server.failedChecks);
        values.put("chkdown", server.downs);
        values.put("lastchg", seconds(world.now() - server.changedAt));
        values.put("downtime", seconds(server.downtime + (server.isUsable() ? 0 : world.now() - server.downSince)));
        values.put("lbtot", server.counters.all);
        values.put("check_status", server.check.status());
        values.put(
                "check_code",
                server.check.code().isPresent() ? server.check.code().getAsLong() : "");
        values.put("check_duration", server.check.duration());
        values.put("check_desc", server.check.description());
        values.put("last_chk", server.check.lastCheck());
        values.put("check_health", server.health);
        values.put("addr", server.unresolved ? "" : address(server));
        putLastSession(values, server.counters);
        return filled(SERVER, values);
    }

    private static String address(Proxy.Server server) {
        return server.node.address.host() + ":" + server.node.address.databasePort();
    }

    private String backend(Proxy.Backend backend) {
        Map<String, Object> values = counted(backend.total);
        long active =
                backend.servers.values().stream().filter(Proxy.Server::isUsable).count();
        long weight = backend.servers.values().stream()
                .filter(Proxy.Server::takesNew)
                .mapToLong(server -> server.weight)
                .sum();
        values.put("pxname", backend.name);
        values.put("iid", backend.id);
        values.put("status", backend.isUp() ? "UP" : "DOWN");
        values.put("act", active);
        values.put("weight", weight);
        values.put("uweight", weight);
        values.put("chkdown", backend.downs);
        values.put("econ", backend.total.connectErrors);
        values.put("lbtot", backend.total.all);
        values.put("lastchg", seconds(world.now() - backend.changedAt));
        putLastSession(values, backend.total);
        return filled(BACKEND, values);
    }

    private void putLastSession(Map<String, Object> values, Proxy.Counters counters) {
        if (counters.lastSession.isPresent()) {
            values.put("lastsess", seconds(world.now() - counters.lastSession.getAsLong()));
        }
    }

    private static long seconds(long millis) {
        return Math.max(0, millis / 1000);
    }

    String info() {
        long uptime = seconds(world.now() - proxy.startedAt());
        long current = proxy.backends().stream()
                .mapToLong(backend -> backend.frontend.current)
                .sum();
        long all = proxy.backends().stream()
                .mapToLong(backend -> backend.frontend.all)
                .sum();
        return (String.join("\n", INFO) + "\n")
                .formatted(
                        uptime / 86_400, uptime / 3600 % 24, uptime / 60 % 60, uptime % 60, uptime, current, all, all);
    }

    /** Returns the servers' state for one backend, or for all if the name is empty. */
    String serversState(String only) {
        StringBuilder text = new StringBuilder(
                """
                1
                # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight \
                srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state \
                srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port \
                srv_check_addr srv_agent_addr srv_agent_port
                """);
        for (Proxy.Backend backend : proxy.backends()) {
            if (only.isEmpty() || only.equals(backend.name)) {
                backend.servers.values().forEach(server -> text.append(state(backend, server)));
            }
        }
        return text.toString();
    }

    private String state(Proxy.Backend backend, Proxy.Server server) {
        int operational = server.isUsable() ? 2 : 0;
        int admin = (server.maintenance ? 1 : 0) | (server.drain ? 8 : 0) | (server.unresolved ? 32 : 0);
        boolean good = server.check.isGood();
        Endpoints.Address address = server.node.address;
        return "%d %s %d %s %s %d %d %d 1 %d %d %d %d 6 0 0 0 %s %d - 0 %d - - %d\n"
                .formatted(
                        backend.id,
                        backend.name,
                        server.id,
                        server.node.name,
                        server.unresolved ? "-" : address.host(),
                        operational,
                        admin,
                        server.weight,
                        seconds(world.now() - server.changedAt),
                        good ? 15 : 8,
                        good ? 3 : 2,
                        server.health,
                        server.node.name,
                        address.databasePort(),
                        address.apiPort(),
                        address.apiPort());
    }
}
