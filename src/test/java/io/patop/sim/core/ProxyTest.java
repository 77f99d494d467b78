package io.patop.sim.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.patop.sim.SimulatedRun;
import io.patop.sim.haproxy.ProxyCommands;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HAProxy before the simulated nodes: whom it holds up, and what its command line says and does. */
class ProxyTest {
    private SimulatedRun course;
    private ProxyCommands commands;

    @BeforeEach
    void start() throws Exception {
        course = new SimulatedRun(SimulationOptions.defaults().withWalRate(0));
        commands = new ProxyCommands(course.world);
        course.run(2);
    }

    private String field(String proxy, String server, String column) {
        List<String> lines = commands.run("show stat").lines().toList();
        List<String> names = Arrays.asList(lines.get(0).substring(2).split(",", -1));
        return lines.stream()
                .map(line -> line.split(",", -1))
                .filter(fields -> fields[0].equals(proxy) && fields[1].equals(server))
                .map(fields -> fields[names.indexOf(column)])
                .findFirst()
                .orElseThrow();
    }

    private String status(String proxy, String server) {
        return field(proxy, server, "status");
    }

    @Test
    void everyLineHasAsManyFieldsAsTheHeader() {
        List<String> lines = commands.run("show stat").lines().toList();
        int fields = lines.get(0).split(",", -1).length;
        assertThat(lines).hasSize(12);
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(fields));
        assertThat(lines.get(0)).startsWith("# pxname,svname,qcur,");
    }

    @Test
    void writesGoToTheLeaderAndReadsToTheReplicas() {
        assertThat(status("leader", "patroni1")).isEqualTo("UP");
        assertThat(status("leader", "patroni2")).isEqualTo("DOWN");
        assertThat(status("replicas", "patroni1")).isEqualTo("DOWN");
        assertThat(status("replicas", "patroni3")).isEqualTo("UP");
        assertThat(status("leader", "BACKEND")).isEqualTo("UP");
        assertThat(field("leader", "patroni2", "check_status")).isEqualTo("L7STS");
        assertThat(field("leader", "patroni2", "check_code")).isEqualTo("503");
    }

    @Test
    void aStoppedLeaderIsTakenOutAndTheNewOneFoundWithinItsChecks() throws Exception {
        course.fault("stop leader").run(2);
        assertThat(status("leader", "patroni1")).isEqualTo("DOWN");
        assertThat(status("leader", "BACKEND")).isEqualTo("DOWN");
        assertThat(field("leader", "patroni1", "check_status")).isEqualTo("L4CON");
        course.run(10);
        String leader = course.world.leader().orElseThrow();
        assertThat(status("leader", leader)).isEqualTo("UP");
        assertThat(status("replicas", leader)).isEqualTo("DOWN");
        assertThat(status("leader", "patroni1")).isEqualTo("MAINT (resolution)");
        assertThat(field("leader", "BACKEND", "chkdown")).isEqualTo("1");
    }

    @Test
    void aFrozenNodeTimesOut() throws Exception {
        course.fault("freeze leader").run(8);
        assertThat(status("leader", "patroni1")).isEqualTo("DOWN");
        assertThat(field("leader", "patroni1", "check_status")).isEqualTo("L7TOUT");
    }

    @Test
    void aServerCanBeTakenOutDrainedAndWeighed() throws Exception {
        assertThat(commands.run("disable server replicas/patroni2")).isEmpty();
        assertThat(status("replicas", "patroni2")).isEqualTo("MAINT");
        assertThat(commands.run("enable server replicas/patroni2")).isEmpty();
        course.run(2);
        assertThat(status("replicas", "patroni2")).isEqualTo("UP");
        assertThat(commands.run("set server replicas/patroni2 state drain")).isEmpty();
        assertThat(status("replicas", "patroni2")).isEqualTo("DRAIN");
        assertThat(course.world.proxy().pick("replicas").orElseThrow().node.name)
                .isEqualTo("patroni3");
        assertThat(commands.run("set server replicas/patroni2 state ready")).isEmpty();
        assertThat(commands.run("set weight replicas/patroni2 7")).isEmpty();
        assertThat(field("replicas", "patroni2", "weight")).isEqualTo("7");
        assertThat(commands.run("get weight replicas/patroni2")).isEqualTo("7 (initial 1)\n");
    }

    @Test
    void mistakesAreAnsweredInHaproxysWords() {
        assertThat(commands.run("disable server leader")).isEqualTo("Require 'backend/server'.\n");
        assertThat(commands.run("set server leader/nosuch state ready")).isEqualTo("No such server.\n");
        assertThat(commands.run("set server leader/patroni1 state foo"))
                .isEqualTo("'set server <srv> state' expects 'ready', 'drain' and 'maint'.\n");
        assertThat(commands.run("bogus")).startsWith("Unknown command, but maybe one of the following");
    }

    @Test
    void tellsOfItselfAndOfItsServers() {
        assertThat(commands.run("show info"))
                .startsWith("Name: HAProxy\nVersion: 2.6.12")
                .contains("Uptime_sec: 2\n");
        List<String> state = commands.run("show servers state").lines().toList();
        assertThat(state).hasSize(8);
        assertThat(state.get(1).substring(2).split(" ", -1))
                .hasSameSizeAs(state.get(2).split(" ", -1));
        assertThat(commands.run("show servers state leader").lines()).hasSize(5);
    }
}
