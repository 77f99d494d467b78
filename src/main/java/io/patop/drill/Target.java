package io.patop.drill;

/** The member that a drill's fault is aimed at, determined anew for each run. */
public sealed interface Target {

    /** The leader at that time. */
    record Leader() implements Target {
        @Override
        public String text() {
            return "the leader";
        }
    }

    /** The first synchronous standby by name. */
    record SyncStandby() implements Target {
        @Override
        public String text() {
            return "the synchronous standby";
        }
    }

    /**
     * A member by its name.
     *
     * @param member its name
     */
    record Named(String member) implements Target {

        @Override
        public String text() {
            return member;
        }
    }

    /** Each member in turn, whatever its role is then. */
    record EachInTurn() implements Target {
        @Override
        public String text() {
            return "each member in turn";
        }
    }

    /** The target that a person wrote: {@code leader}, {@code sync}, {@code each}, or a member's name. */
    static Target of(String text) {
        return switch (text.strip()) {
            case "leader" -> new Leader();
            case "sync", "sync_standby", "sync-standby" -> new SyncStandby();
            case "each", "all" -> new EachInTurn();
            default -> new Named(text.strip());
        };
    }

    /** The target as it stands in a sentence. */
    String text();
}
