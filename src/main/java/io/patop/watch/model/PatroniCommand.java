package io.patop.watch.model;

import io.patop.cluster.DynamicConfig;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command to Patroni, named as in patronictl. It is sent through the REST API, once. */
public sealed interface PatroniCommand {

    /**
     * One method for each command, so that the compiler checks that no case is missing.
     *
     * @param <R> what each case returns
     */
    interface Cases<R> {
        R restart(Restart order);

        R cancelRestart(CancelRestart order);

        R reload(Reload order);

        R reinitialize(Reinitialize order);

        R switchover(Switchover order);

        R failover(Failover order);

        R cancelSwitchover(CancelSwitchover order);

        R maintenance(Maintenance order);

        R changeConfig(ChangeConfig order);

        R rollingRestart(RollingRestart order);
    }

    /** Calls the method for this command. */
    <R> R choose(Cases<R> cases);

    /** The text of what will be done, as the rest of "patop will …", e.g. {@code restart b}. */
    String text();

    /** The member that the command is aimed at; empty if it is aimed at none or at several. */
    default Optional<String> member() {
        return Optional.empty();
    }

    /** All members that the command concerns. It is refused if one of them is gone when it is confirmed. */
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
     * Restarts PostgreSQL of a member.
     *
     * @param name the member
     * @param ifPending whether to restart only if settings wait for it
     * @param at the time; at once if empty
     */
    record Restart(String name, boolean ifPending, Optional<OffsetDateTime> at) implements PatroniCommand {

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
     * Cancels a member's scheduled restart.
     *
     * @param name the member
     */
    record CancelRestart(String name) implements PatroniCommand {

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
     * Makes members reload their configuration files.
     *
     * @param members at least one
     */
    record Reload(List<String> members) implements PatroniCommand {
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
     * Reinitializes a replica: deletes its data directory and copies it anew.
     *
     * @param name the member
     */
    record Reinitialize(String name) implements PatroniCommand {

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
     * Switches over from a healthy leader.
     *
     * @param leader the present leader
     * @param candidate the new leader; Patroni chooses if empty
     * @param at the time; at once if empty
     */
    record Switchover(String leader, Optional<String> candidate, Optional<OffsetDateTime> at)
            implements PatroniCommand {

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
     * Fails over to a member, even if nobody leads or Patroni would not elect it.
     *
     * @param candidate the new leader
     */
    record Failover(String candidate) implements PatroniCommand {

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

    /** Cancels the scheduled switchover. */
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
     * @param on whether it will be on
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
     * @param seen the configuration that the change was made from
     * @param wanted the configuration after the change
     */
    record ChangeConfig(DynamicConfig seen, DynamicConfig wanted) implements PatroniCommand {

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
     * Restarts members one after the other, each after the one before streams again.
     *
     * @param replicas in the order of their restarts
     * @param leader restarted last, if there is a leader
     * @param ifPending whether only members whose settings wait for a restart are restarted
     */
    record RollingRestart(List<String> replicas, Optional<String> leader, boolean ifPending) implements PatroniCommand {
        public RollingRestart {
            replicas = List.copyOf(replicas);
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
