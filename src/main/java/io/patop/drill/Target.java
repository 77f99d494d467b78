package io.patop.drill;

import java.util.Objects;

/** To which member a drill does it, decided anew at each run. */
public sealed interface Target {

    /** Whoever leads then. */
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
     * One member.
     *
     * @param member its name
     */
    record Named(String member) implements Target {
        /** Checks that it is there. */
        public Named {
            Objects.requireNonNull(member, "member");
        }

        @Override
        public String text() {
            return member;
        }
    }

    /** One member after the other, whatever its role is when its turn comes. */
    record EachInTurn() implements Target {
        @Override
        public String text() {
            return "each member in turn";
        }
    }

    /** What a person wrote: {@code leader}, {@code sync}, {@code each}, or a member's name. */
    static Target of(String text) {
        return switch (text.strip()) {
            case "leader" -> new Leader();
            case "sync", "sync_standby", "sync-standby" -> new SyncStandby();
            case "each", "all" -> new EachInTurn();
            default -> new Named(text.strip());
        };
    }

    /** For a sentence. */
    String text();
}
