package io.patop.sim.core;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Patroni releases that a simulated node can have, and the differences between their answers. Each difference
 * names the release that brought it.
 */
public enum SimulatedPatroni {
    /** The version of Debian 11. */
    V2_0_1("2.0.1"),
    /** The version of Debian 12. */
    V3_0_2("3.0.2"),
    /** The newest version that was studied. */
    V4_1_4("4.1.4");

    private final String number;

    SimulatedPatroni(String number) {
        this.number = number;
    }

    /**
     * Returns the release with this number, e.g. {@code 3.0.2}; a shorter number, {@code 4.1}, means the known
     * release of it.
     */
    public static Optional<SimulatedPatroni> of(String number) {
        return Arrays.stream(values())
                .filter(version -> version.number.equals(number) || version.number.startsWith(number + "."))
                .findFirst();
    }

    /** Returns all numbers, for messages. */
    static String known() {
        return Arrays.stream(values()).map(SimulatedPatroni::number).collect(Collectors.joining(", "));
    }

    /** Returns the number as {@code GET /patroni} gives it. */
    public String number() {
        return number;
    }

    /** Returns the role of a primary: {@code master} until 3.x, {@code primary} from 4.0. */
    String primaryWord() {
        return isAtLeast4() ? "primary" : "master";
    }

    /**
     * Returns whether the release is 4.x: quorum commit, states and LSNs in {@code /cluster}, names in every answer.
     */
    public boolean isAtLeast4() {
        return this == V4_1_4;
    }

    /**
     * Returns whether the release is after 2.0.1: dcs_last_seen, metrics, HEAD, cluster_unlocked only when true, tags
     * in health checks.
     */
    public boolean isAtLeast3() {
        return this != V2_0_1;
    }

    /** Returns the number as {@code patroni_version} of {@code GET /metrics}: two digits a part. */
    public String padded() {
        return Arrays.stream(number.split("\\.", -1))
                .map(part -> part.length() < 2 ? "0" + part : part)
                .collect(Collectors.joining());
    }
}
