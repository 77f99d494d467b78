package io.patop.control.place;

import io.patop.watch.model.Action.MemberOperation;
import java.util.List;
import java.util.Optional;

/** A place where members are run, and the programs by which they are stopped, started, killed and frozen there. */
public interface MemberPlace {

    /** By which means, e.g. {@code systemd over ssh}. */
    String means();

    /** Where that member is run, e.g. {@code patroni on admin@pg1}. */
    String where(PlacedMember member);

    /** Why that cannot be done to that member here; empty if it can. */
    Optional<String> hindrance(MemberOperation operation, PlacedMember member);

    /** The program with its arguments that does it; to be asked for only if nothing hinders it. */
    List<String> command(MemberOperation operation, PlacedMember member);

    /** Whether a killed member must be stopped too to stay down, since whatever runs it starts it again. */
    default boolean revivesWhatWasKilled() {
        return false;
    }

    /**
     * Whether the operation may have been done although the program failed.
     *
     * @param code the program's exit code
     * @param said what it said
     */
    default boolean mayBeDone(int code, String said) {
        return false;
    }
}
