package io.patop.bench;

import io.patop.sim.core.SimulatedFault;
import io.patop.sim.core.SimulationOptions;
import io.patop.sim.SimulatedCluster;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulated clusters for another process to look at: prints the URL of a node of each, a line each; then answers a
 * line with a line, about the first cluster, and ends with standard input.
 */
public final class Simulator {

    private Simulator() {}

    /** Arguments: how many clusters, of how many nodes, how much faster than real time. */
    public static void main(String[] arguments) throws Exception {
        List<SimulatedCluster> clusters = new ArrayList<>();
        try {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                clusters.add(SimulatedCluster.start(SimulationOptions.defaults()
                        .withNodes(Integer.parseInt(arguments[1]))
                        .withSeed(i + 1)
                        .withScope("cluster" + i)
                        .withSpeed(Double.parseDouble(arguments[2]))));
            }
            clusters.forEach(cluster -> System.out.println(cluster.nodes().get(0).rest()));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(clusters.get(0), line));
            }
        } finally {
            clusters.forEach(SimulatedCluster::close);
        }
    }

    private static String answer(SimulatedCluster cluster, String line) throws Exception {
        if (line.equals("leader")) {
            return cluster.leader().orElse("none");
        }
        if (line.equals("failover")) {
            return failover(cluster);
        }
        cluster.apply(SimulatedFault.parse(line));
        return "done";
    }

    /** Kills the leader; who leads next, and since when, by the clock that Python's time.monotonic() reads too. */
    private static String failover(SimulatedCluster cluster) throws Exception {
        String old = cluster.leader().orElseThrow();
        cluster.apply(SimulatedFault.of(SimulatedFault.Kind.KILL, old));
        while (true) {
            String now = cluster.leader().orElse(old);
            if (!now.equals(old)) {
                return now + " " + System.nanoTime();
            }
            Thread.sleep(1);
        }
    }
}
