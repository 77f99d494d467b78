package io.patop.command.shell;

import io.patop.cluster.Member;
import io.patop.cluster.Role;
import java.util.Arrays;
import java.util.Locale;

/** The roles by which patronictl chooses members ({@code --role}). */
public enum RoleChoice {
    LEADER,
    PRIMARY,
    STANDBY_LEADER,
    REPLICA,
    STANDBY,
    ANY,
    /** The primary, as patronictl up to 3.x calls it. */
    MASTER;

    /** Returns the role of a name. */
    public static RoleChoice named(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> UsageErrors.noChoice(
                        "'--role' / '-r'",
                        name,
                        Arrays.stream(values()).map(RoleChoice::toString).toList()));
    }

    /** Returns whether the member has the role by the DCS. */
    public boolean fits(Member member) {
        boolean leads = member.role().leads();
        boolean ofStandbys = member.role().kind() == Role.Kind.STANDBY_LEADER;
        return switch (this) {
            case ANY -> true;
            case LEADER -> leads;
            case PRIMARY, MASTER -> leads && !ofStandbys;
            case STANDBY_LEADER -> leads && ofStandbys;
            case REPLICA, STANDBY -> !leads;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
