package io.patop.control.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The patop that wrote an entry. A process id alone says little: it is given again after a while, anew after a boot,
 * and once more in each container.
 *
 * @param boot the machine's boot, as its kernel names it
 * @param processes the space of process ids, which is another one in a container
 * @param pid the process id in there
 * @param started when that process started, in milliseconds; 0 if that is not known
 * @param lock the name of the lock that it holds as long as it runs, which counts first: it can be seen from other
 *     containers too, and ends with the process however that ends; empty for none
 */
public record EntryOwner(String boot, String processes, long pid, long started, String lock) {

    /** What became of an owner. */
    public enum State {
        /** The owner runs, and mends what it broke by itself. */
        RUNNING,
        /** The owner has ended, or its machine was started anew. */
        ENDED,
        /** The owner ran in another container of this machine, so that nobody here can tell. */
        UNKNOWN
    }

    /** This process. */
    public static EntryOwner here(String lock) {
        ProcessHandle self = ProcessHandle.current();
        return new EntryOwner(thisBoot(), theseProcesses(), self.pid(), started(self), lock);
    }

    /** Returns whether that is this very process. */
    boolean isThisProcess() {
        EntryOwner here = here(lock);
        return equals(here);
    }

    /** Returns what became of this owner as far as process ids tell. */
    State byProcess() {
        if (!boot.equals(thisBoot())) {
            return State.ENDED;
        }
        if (!processes.equals(theseProcesses())) {
            return State.UNKNOWN;
        }
        boolean runs = ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(EntryOwner::started)
                .filter(begun -> started == 0 || begun == 0 || begun == started)
                .isPresent();
        return runs ? State.RUNNING : State.ENDED;
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String thisBoot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException noLinux) {
            return "";
        }
    }

    private static String theseProcesses() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException noLinux) {
            return "";
        }
    }
}
