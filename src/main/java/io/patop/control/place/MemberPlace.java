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

    /** What must be true of that member before it is done, and the program that tells; empty if nothing. */
    default Optional<Precondition> precondition(MemberOperation operation, PlacedMember member) {
        return Optional.empty();
    }

    /** What becomes of a killed member by itself. */
    enum AfterKill {
        /** Nothing starts it. */
        STAYS_DOWN,
        /** Whatever runs it starts it again, unless it is stopped too. */
        STAYS_DOWN_IF_STOPPED,
        /** Whatever runs it starts it again, and cannot be kept from that. */
        STARTS_AGAIN
    }

    /** What becomes here of a killed member. */
    default AfterKill afterKill() {
        return AfterKill.STAYS_DOWN;
    }

    /** What is known of an operation whose program failed. */
    enum Failed {
        /** Nothing was done. */
        NOT_DONE,
        /** Whether it was done is not known. */
        PERHAPS_DONE,
        /** The operation was done, and the program failed for that reason. */
        AFTER_ALL_DONE
    }

    /**
     * What is known of the operation if its program failed so.
     *
     * @param code the program's exit code
     * @param said what it said
     */
    default Failed failed(MemberOperation operation, int code, String said) {
        return Failed.NOT_DONE;
    }
}
