package io.patop.bench;

import io.patop.sim.Options;
import io.patop.sim.SimulatedCluster;

/** A simulated cluster for another process to look at: prints its nodes' URLs, a line each, and ends with standard input. */
public final class Simulator {

    private Simulator() {}

    /** Arguments: how many nodes. */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.defaults().withNodes(Integer.parseInt(arguments[0]));
        try (SimulatedCluster cluster = SimulatedCluster.start(options)) {
            cluster.nodes().forEach(node -> System.out.println(node.rest()));
            System.out.println();
            while (System.in.read() >= 0) {
                // Until whoever started it closes its end.
                continue;
            }
        }
    }
}
