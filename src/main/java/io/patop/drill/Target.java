package io.patop.drill;

import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The member that a drill's fault is aimed at, determined anew for each run. */
public sealed interface Target {

    /** The leader at that time. */
    record Leader() implements Target {
        @Override
        public String text() {
            return "the leader";
        }

        @Override
        public Optional<String> present(Dashboard dashboard) {
            return dashboard.leadership().present();
        }

        @Override
        public String missing(Collection<String> members) {
            return "nobody leads";
        }
    }

    /** The first synchronous standby by name. */
    record SyncStandby() implements Target {
        @Override
        public String text() {
            return "the synchronous standby";
        }

        @Override
        public Optional<String> present(Dashboard dashboard) {
            return dashboard.members().values().stream()
                    .filter(WatchedMember::isListed)
                    .filter(member -> member.listed().orElseThrow().role().isSynchronous())
                    .map(WatchedMember::name)
                    .findFirst();
        }

        @Override
        public String missing(Collection<String> members) {
            return "no member is a synchronous standby (synchronous_mode is off?)";
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

        @Override
        public Optional<String> present(Dashboard dashboard) {
            return dashboard.member(member).filter(WatchedMember::isListed).map(WatchedMember::name);
        }

        @Override
        public String missing(Collection<String> members) {
            return "no member " + member + "; there are " + String.join(", ", members);
        }
    }

    /** Each member in turn, whatever its role is then. */
    record EachInTurn() implements Target {
        @Override
        public String text() {
            return "each member in turn";
        }

        /** None: each run aims at a member by its name. */
        @Override
        public Optional<String> present(Dashboard dashboard) {
            return Optional.empty();
        }

        @Override
        public String missing(Collection<String> members) {
            return "there is no member";
        }

        @Override
        public List<Target> inTurn(Collection<String> members) {
            return new TreeSet<>(members).stream().<Target>map(Named::new).toList();
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

    /** The member that the target is at present; empty if there is none. */
    Optional<String> present(Dashboard dashboard);

    /** Why there is none, in one line. */
    String missing(Collection<String> members);

    /** The targets of one round of runs: this one, or each member. */
    default List<Target> inTurn(Collection<String> members) {
        return List.of(this);
    }
}
