package io.patop.control.fault;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.docker.ContainerAccess;
import io.patop.docker.ContainerAccess.MemoryLimit;
import io.patop.watch.model.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lowers a container's memory limit to a little more than its processes use, so that it has no cache and what grows is
 * killed by the kernel.
 *
 * @param access by which the limit is read and set
 */
record MemoryFault(ContainerAccess access) implements ContainerFault {

    private static final long ROOM = 16L << 20;

    /** Bytes of the processes' own and shared memory, of cgroups 2 or 1. */
    private static final String USED = "s=0; while read -r name n; do case $name in"
            + " anon|shmem|total_rss|total_shmem) s=$((s + n)) ;; esac; done <"
            + " $(ls /sys/fs/cgroup/memory.stat /sys/fs/cgroup/memory/memory.stat 2> /dev/null | head -n 1); echo $s";

    @Override
    public Answer<Map<String, String>> before(Action.Inject.Place place) {
        return access.memoryLimit(place.containerId())
                .map(limit -> Map.of("memory", String.valueOf(limit.memory()), "swap", String.valueOf(limit.swap())));
    }

    @Override
    public Answer<String> cause(Action.Inject.Place place, Map<String, String> before) {
        Answer<String> used =
                access.exec(place.containerId(), Optional.empty(), List.of("sh", "-c", USED), Duration.ofSeconds(5));
        Optional<Long> bytes = used.value()
                .map(String::strip)
                .filter(text -> text.matches("[1-9]\\d{3,17}"))
                .map(Long::valueOf);
        if (bytes.isEmpty()) {
            return new Answer.Missing<>(
                    used.failure()
                            .orElse(new Failure(
                                    Failure.Kind.REJECTED, "how much memory it uses is not to be read in there")),
                    used.took());
        }
        long limit = bytes.get() + ROOM;
        return access.limitMemory(place.containerId(), new MemoryLimit(limit, limit))
                .map(done -> "the limit is " + (limit >> 20) + " MiB");
    }

    /**
     * A limit of Docker's cannot be taken away again; the host's whole memory is as good as none. Both limits are named:
     * with cgroups 1 the kernel refuses a memory limit above that of memory and swap (Engine 20.10 leaves that at -1).
     */
    @Override
    public Answer<String> undo(String containerId, Map<String, String> before) {
        long limited = number(before.getOrDefault("memory", ""));
        long swap = number(before.getOrDefault("swap", ""));
        long memory = limited > 0 ? limited : access.hostMemory().orElse(1L << 40);
        boolean asBefore = swap > 0 || (swap < 0 && limited > 0);
        MemoryLimit limit = new MemoryLimit(memory, asBefore ? swap : memory * 2);
        return access.limitMemory(containerId, limit).map(done -> "");
    }

    private static long number(String text) {
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
