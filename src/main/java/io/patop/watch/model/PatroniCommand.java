package io.patop.watch.model;

import io.patop.cluster.DynamicConfig;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Something that Patroni is asked to do, in patronictl's words. Sent through the REST API, once. */
public sealed interface PatroniCommand {

    /**
     * What is done with an order, case by case, in one place that the compiler checks.
     *
     * @param <R> what comes of it
     */
    interface Cases<R> {
        /** For {@link Restart}. */
        R restart(Restart order);

        /** For {@link CancelRestart}. */
        R cancelRestart(CancelRestart order);

        /** For {@link Reload}. */
        R reload(Reload order);

        /** For {@link Reinitialize}. */
        R reinitialize(Reinitialize order);

        /** For {@link Switchover}. */
        R switchover(Switchover order);

        /** For {@link Failover}. */
        R failover(Failover order);

        /** For {@link CancelSwitchover}. */
        R cancelSwitchover(CancelSwitchover order);

        /** For {@link Maintenance}. */
        R maintenance(Maintenance order);

        /** For {@link ChangeConfig}. */
        R changeConfig(ChangeConfig order);

        /** For {@link RollingRestart}. */
        R rollingRestart(RollingRestart order);
    }

    /** Does what the cases say for this one. */
    <R> R choose(Cases<R> cases);

    /** What will be done, as the rest of "patop will …", e.g. {@code restart b}. */
    String text();

    /** The member that it is done to, where it is done to one. */
    default Optional<String> member() {
        return Optional.empty();
    }

    /** All members that it is about: none of them may be gone when it is confirmed. */
    default List<String> members() {
        return member().stream().toList();
    }

    /** The configuration that it is a change of: when that changes, it is another change. */
    default Optional<DynamicConfig> basis() {
        return Optional.empty();
    }

    /** The member whose data are thrown away and copied anew. */
    default Optional<String> copied() {
        return Optional.empty();
    }

    /**
     * Restarts PostgreSQL of one member.
     *
     * @param name of the member
     * @param ifPending only if settings wait for a restart
     * @param at when; at once if empty
     */
    record Restart(String name, boolean ifPending, Optional<OffsetDateTime> at) implements PatroniCommand {
        /** Checks that all parts are there. */
        public Restart {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.restart(this);
        }

        @Override
        public String text() {
            return (at.isPresent() ? "schedule a restart of " : "restart PostgreSQL of ")
                    + name
                    + at.map(time -> " at " + time).orElse("")
                    + (ifPending ? ", if settings wait for it" : "");
        }

        @Override
        public Optional<String> member() {
            return Optional.of(name);
        }
    }

    /**
     * Calls a member's scheduled restart off.
     *
     * @param name of the member
     */
    record CancelRestart(String name) implements PatroniCommand {
        /** Checks that it is there. */
        public CancelRestart {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.cancelRestart(this);
        }

        @Override
        public String text() {
            return "cancel the scheduled restart of " + name;
        }

        @Override
        public Optional<String> member() {
            return Optional.of(name);
        }
    }

    /**
     * Has members read their configuration files again.
     *
     * @param members one or more
     */
    record Reload(List<String> members) implements PatroniCommand {
        /** Copies the list. */
        public Reload {
            members = List.copyOf(members);
            if (members.isEmpty()) {
                throw new IllegalArgumentException("a reload of nobody");
            }
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.reload(this);
        }

        @Override
        public String text() {
            return "reload " + String.join(", ", members);
        }

        @Override
        public Optional<String> member() {
            return members.size() == 1 ? Optional.of(members.get(0)) : Optional.empty();
        }
    }

    /**
     * Throws a replica's data away and copies them anew.
     *
     * @param name of the member
     */
    record Reinitialize(String name) implements PatroniCommand {
        /** Checks that it is there. */
        public Reinitialize {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.reinitialize(this);
        }

        @Override
        public String text() {
            return "reinitialize " + name;
        }

        @Override
        public Optional<String> member() {
            return Optional.of(name);
        }

        @Override
        public Optional<String> copied() {
            return Optional.of(name);
        }
    }

    /**
     * Has the leader hand over.
     *
     * @param leader who leads now
     * @param candidate who shall lead; whom Patroni elects if empty
     * @param at when; at once if empty
     */
    record Switchover(String leader, Optional<String> candidate, Optional<OffsetDateTime> at)
            implements PatroniCommand {
        /** Checks that all parts are there. */
        public Switchover {
            Objects.requireNonNull(leader, "leader");
            Objects.requireNonNull(candidate, "candidate");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.switchover(this);
        }

        @Override
        public String text() {
            return (at.isPresent() ? "schedule a switchover from " : "switch over from ") + leader + " to "
                    + candidate.orElse("whom Patroni elects")
                    + at.map(time -> " at " + time).orElse("");
        }

        @Override
        public List<String> members() {
            return candidate.map(name -> List.of(leader, name)).orElse(List.of(leader));
        }

        @Override
        public Optional<String> member() {
            return candidate.or(() -> Optional.of(leader));
        }
    }

    /**
     * Makes a member lead, also where nobody leads, and also one that Patroni would not elect.
     *
     * @param candidate who shall lead
     */
    record Failover(String candidate) implements PatroniCommand {
        /** Checks that it is there. */
        public Failover {
            Objects.requireNonNull(candidate, "candidate");
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.failover(this);
        }

        @Override
        public String text() {
            return "fail over to " + candidate;
        }

        @Override
        public Optional<String> member() {
            return Optional.of(candidate);
        }
    }

    /** Calls the scheduled switchover off. */
    record CancelSwitchover() implements PatroniCommand {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.cancelSwitchover(this);
        }

        @Override
        public String text() {
            return "cancel the scheduled switchover";
        }
    }

    /**
     * Turns maintenance mode on or off.
     *
     * @param on whether it shall be on
     */
    record Maintenance(boolean on) implements PatroniCommand {
        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.maintenance(this);
        }

        @Override
        public String text() {
            return on ? "pause: turn maintenance mode on" : "resume: turn maintenance mode off";
        }
    }

    /**
     * Changes the dynamic configuration.
     *
     * @param seen what it was when the change was made
     * @param wanted what it shall be
     */
    record ChangeConfig(DynamicConfig seen, DynamicConfig wanted) implements PatroniCommand {
        /** Checks that both parts are there. */
        public ChangeConfig {
            Objects.requireNonNull(seen, "seen");
            Objects.requireNonNull(wanted, "wanted");
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.changeConfig(this);
        }

        @Override
        public String text() {
            return "change the dynamic configuration";
        }

        @Override
        public Optional<DynamicConfig> basis() {
            return Optional.of(seen);
        }
    }

    /**
     * Restarts members one after the other, each when the one before streams again.
     *
     * @param replicas in their order
     * @param leader who comes last, if anybody leads
     * @param ifPending only those whose settings wait for a restart
     */
    record RollingRestart(List<String> replicas, Optional<String> leader, boolean ifPending) implements PatroniCommand {
        /** Copies the list. */
        public RollingRestart {
            replicas = List.copyOf(replicas);
            Objects.requireNonNull(leader, "leader");
        }

        @Override
        public <R> R choose(Cases<R> cases) {
            return cases.rollingRestart(this);
        }

        @Override
        public String text() {
            return "restart one after the other: " + String.join(", ", members())
                    + (ifPending ? ", each if settings wait for it" : "");
        }

        @Override
        public List<String> members() {
            List<String> all = new ArrayList<>(replicas);
            leader.ifPresent(all::add);
            return List.copyOf(all);
        }
    }
}
