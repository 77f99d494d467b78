package io.patop.control.journal;

import java.util.Map;
import java.util.Optional;

/** How something broken is mended. It is data and never a command: a journal is read from a file. */
public sealed interface Repair {

    /** What mends it, as the rest of "patop will …". */
    String text();

    /**
     * A service that was scaled to 0 is scaled back.
     *
     * @param service its name
     * @param replicas 1 or more
     */
    record Scale(String service, int replicas) implements Repair {
        public Scale {
            if (replicas < 1) {
                throw new IllegalArgumentException("a service is scaled back to 1 or more, not to " + replicas);
            }
        }

        @Override
        public String text() {
            return "scale service " + service + " to " + replicas;
        }
    }

    /**
     * A stopped or killed container is started.
     *
     * @param containerId the whole id
     * @param container the name for people
     */
    record Start(String containerId, String container) implements Repair {

        @Override
        public String text() {
            return "start container " + container;
        }
    }

    /**
     * A frozen container is thawed.
     *
     * @param containerId the whole id
     * @param container the name for people
     */
    record Thaw(String containerId, String container) implements Repair {

        @Override
        public String text() {
            return "thaw container " + container;
        }
    }

    /**
     * A fault inside a container, or in its network, is undone.
     *
     * @param fault its name, e.g. {@code partition}
     * @param containerId the whole id
     * @param container the name for people
     * @param before what was there before and is put back, by names that only the fault knows
     */
    record Undo(String fault, String containerId, String container, Map<String, String> before) implements Repair {
        public Undo {
            before = Map.copyOf(before);
        }

        @Override
        public String text() {
            return "undo " + fault + " in container " + container;
        }
    }

    /**
     * A member that was broken by a program is mended by one. Which program that is says the entry of its cluster in
     * the configuration file, never the journal.
     *
     * @param cluster its name in the configuration file
     * @param operation what mends it, by its word, e.g. {@code start}
     * @param member the member
     * @param host of the member, where it was known
     */
    record OnMember(String cluster, String operation, String member, Optional<String> host) implements Repair {

        @Override
        public String text() {
            return operation + " member " + member + " of cluster " + cluster;
        }
    }
}
