package io.patop.sim.core;

import java.util.function.Consumer;

/** The processes in the services' containers: a Patroni node, etcd or HAProxy. */
final class Workloads {
    private Workloads() {}

    static Swarm.Workload node(Simulation world, Node node) {
        return new Swarm.Workload() {
            @Override
            public void start() {
                world.startNode(node);
            }

            @Override
            public void stop(Runnable ended) {
                world.stopNode(node, ended);
            }

            @Override
            public void kill() {
                world.killNode(node);
            }

            @Override
            public void freeze(boolean frozen) {
                if (frozen) {
                    node.freeze();
                } else if (node.isFrozen()) {
                    node.thaw();
                }
            }

            @Override
            public String address() {
                return node.address.host();
            }
        };
    }

    static Swarm.Workload etcd(Simulation world) {
        return new Switched(world::setDcs);
    }

    static Swarm.Workload haproxy(Simulation world) {
        return new Switched(world.proxy()::setUp);
    }

    /** A process that is on or off; a frozen one counts as off. */
    private record Switched(Consumer<Boolean> turn) implements Swarm.Workload {
        @Override
        public void start() {
            turn.accept(true);
        }

        @Override
        public void stop(Runnable ended) {
            turn.accept(false);
            ended.run();
        }

        @Override
        public void kill() {
            turn.accept(false);
        }

        @Override
        public void freeze(boolean frozen) {
            turn.accept(!frozen);
        }

        @Override
        public String address() {
            return "127.0.0.1";
        }
    }
}
