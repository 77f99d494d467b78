package io.patop.sim.core;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Patroni releases that a simulated node can be, and in which of their answers they differ. Each
 * difference names the release that brought it.
 */
public enum SimulatedPatroni {
    /** Of Debian 11. */
    V2_0_1("2.0.1"),
    /** Of Debian 12. */
    V3_0_2("3.0.2"),
    /** The newest that was looked at. */
    V4_1_4("4.1.4");

    private final String number;

    SimulatedPatroni(String number) {
        this.number = number;
    }

    /** The release with this number, e.g. {@code 3.0.2}; a shorter one, {@code 4.1}, means the one known. */
    public static Optional<SimulatedPatroni> of(String number) {
        return Arrays.stream(values())
                .filter(version -> version.number.equals(number) || version.number.startsWith(number + "."))
                .findFirst();
    }

    /** All numbers, for messages. */
    static String known() {
        return Arrays.stream(values()).map(SimulatedPatroni::number).collect(Collectors.joining(", "));
    }

    /** As {@code GET /patroni} gives it. */
    public String number() {
        return number;
    }

    /** The role of a primary: {@code master} until 3.x, {@code primary} from 4.0. */
    String primaryWord() {
        return isAtLeast4() ? "primary" : "master";
    }

    /** 4.x: quorum commit, states and LSNs in {@code /cluster}, names in every answer. */
    public boolean isAtLeast4() {
        return this == V4_1_4;
    }

    /** After 2.0.1: dcs_last_seen, metrics, HEAD, cluster_unlocked only when true, tags in health checks. */
    public boolean isAtLeast3() {
        return this != V2_0_1;
    }

    /** As {@code patroni_version} of {@code GET /metrics}: two digits a part. */
    public String padded() {
        return Arrays.stream(number.split("\\.", -1))
                .map(part -> part.length() < 2 ? "0" + part : part)
                .collect(Collectors.joining());
    }
}
