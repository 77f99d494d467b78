package io.patop.sim.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The Docker Swarm that the cluster runs in: a service for each node, for etcd and for HAProxy. Scaling services, and
 * stopping and killing containers, breaks the simulated cluster. A container that ends is not restarted (restart
 * policy {@code none}), so that a failover can be watched to its end.
 */
public final class Swarm {
    public static final String NETWORK = "patroni_patroni";
    private static final String HEX = "0123456789abcdef";
    private static final String ALPHANUMERIC = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int TASKS_KEPT = 5;

    private final Simulation world;
    private final Random random;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final String stack;
    public final String nodeId;
    public final String networkId;
    public final String engineId;
    private long version = 10;

    /** The process in a service's container. */
    public interface Workload {
        void start();

        /** Sends SIGTERM; {@code ended} is called when the process is gone. */
        void stop(Runnable ended);

        void kill();

        void freeze(boolean frozen);

        String address();
    }

    /** One service of the swarm. */
    public static final class Service {
        public final String id;
        public final String name;
        public final Workload workload;
        public final long createdAt;
        public final List<Task> tasks = new ArrayList<>();
        public long version;
        public long updatedAt;
        public int replicas;
        public long forceUpdate;
        public Optional<ObjectNode> spec = Optional.empty();

        Service(String id, String name, Workload workload, long createdAt) {
            this.id = id;
            this.name = name;
            this.workload = workload;
            this.createdAt = createdAt;
        }

        public Optional<Task> running() {
            return tasks.stream().filter(Task::isRunning).findFirst();
        }

        /** Returns the task with an existing container, starting or stopping ones included. */
        public Optional<Task> alive() {
            return tasks.stream().filter(task -> !task.ended).findFirst();
        }
    }

    /** One task with its container. */
    public static final class Task {
        public final String id;
        public final String containerId;
        public final Service service;
        public final long createdAt;
        public long changedAt;
        public String state = "starting";
        public String desired = "running";
        public String error = "";
        public int exitCode;
        boolean ended;
        public boolean paused;

        Task(String id, String containerId, Service service, long createdAt) {
            this.id = id;
            this.containerId = containerId;
            this.service = service;
            this.createdAt = createdAt;
            this.changedAt = createdAt;
        }

        public boolean isRunning() {
            return state.equals("running") && !ended;
        }

        public String name() {
            return service.name + ".1." + id;
        }
    }

    Swarm(Simulation world, long seed) {
        this.world = world;
        this.random = new Random(seed);
        this.stack = "patroni";
        this.nodeId = text(ALPHANUMERIC, 25);
        this.networkId = text(ALPHANUMERIC, 25);
        this.engineId = text(ALPHANUMERIC, 36);
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** Adds a service that runs already. */
    void add(String shortName, Workload workload) {
        Service service = new Service(text(ALPHANUMERIC, 25), stack + "_" + shortName, workload, world.now());
        service.replicas = 1;
        service.version = ++version;
        services.put(service.name, service);
        Task task = newTask(service);
        task.state = "running";
    }

    private Task newTask(Service service) {
        Task task = new Task(text(ALPHANUMERIC, 25), text(HEX, 64), service, world.now());
        service.tasks.add(0, task);
        while (service.tasks.size() > TASKS_KEPT) {
            service.tasks.remove(service.tasks.size() - 1);
        }
        return task;
    }

    public List<Service> services() {
        return List.copyOf(services.values());
    }

    public Optional<Service> find(String idOrName) {
        return find(service -> service.name.equals(idOrName) || service.id.startsWith(idOrName));
    }

    public Service ofNode(String node) {
        return Objects.requireNonNull(services.get(stack + "_" + node), node);
    }

    private Optional<Service> find(Predicate<Service> wanted) {
        return services.values().stream().filter(wanted).findFirst();
    }

    public Optional<Task> container(String idOrName) {
        return services.values().stream()
                .flatMap(service -> service.tasks.stream())
                .filter(task ->
                        task.containerId.startsWith(idOrName) || task.name().equals(idOrName))
                .findFirst();
    }

    public void scale(Service service, int replicas) {
        touch(service);
        service.replicas = replicas;
        if (replicas == 0) {
            service.alive().ifPresentOrElse(task -> stop(task, "shutdown"), () -> service.tasks.clear());
        } else if (service.alive().isEmpty()) {
            start(service);
        }
    }

    public void touch(Service service) {
        service.version = ++version;
        service.updatedAt = world.now();
    }

    private void start(Service service) {
        Task task = newTask(service);
        world.agenda().after(world.chance(250, 700), () -> {
            if (task.ended || !task.desired.equals("running")) {
                end(task, "shutdown", 0);
                return;
            }
            task.state = "running";
            task.changedAt = world.now();
            service.workload.start();
        });
    }

    /** Does docker stop: SIGTERM, and the container ends when the process ends. */
    public void stop(Task task, String state) {
        task.desired = "shutdown";
        if (task.isRunning()) {
            if (task.paused) {
                setPaused(task, false);
            }
            task.service.workload.stop(() -> end(task, state, 0));
        } else if (task.state.equals("starting")) {
            end(task, state, 0);
        }
    }

    /** Does docker kill. */
    public void kill(Task task) {
        if (task.isRunning()) {
            task.service.workload.kill();
            end(task, "failed", 137);
        }
    }

    public void setPaused(Task task, boolean paused) {
        task.paused = paused;
        task.service.workload.freeze(paused);
    }

    private void end(Task task, String state, int exitCode) {
        if (task.ended) {
            return;
        }
        task.ended = true;
        task.state = state;
        task.desired = "shutdown";
        task.exitCode = exitCode;
        task.error = exitCode == 0 ? "" : "task: non-zero exit (" + exitCode + ")";
        task.changedAt = world.now();
        Service service = task.service;
        if (service.replicas == 0) {
            service.tasks.removeIf(other -> other.ended);
        } else if (state.equals("shutdown")) {
            start(service);
        }
    }

    /** Does docker service update --force: the task is replaced. */
    public void restart(Service service) {
        service.alive().ifPresentOrElse(task -> stop(task, "shutdown"), () -> start(service));
    }
}
