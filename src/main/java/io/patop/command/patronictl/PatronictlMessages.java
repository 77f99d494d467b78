package io.patop.command.patronictl;

import io.patop.cluster.PatroniVersion;
import io.patop.command.shell.RoleChoice;
import java.util.Optional;

/** What patronictl says differently from version to version: patop says what the one beside the nodes would. */
record PatronictlMessages(PatroniVersion version) {

    /** The leader's name in a sentence: master until 2.1. */
    String leaderWord() {
        return version.isAtLeast(3, 0, 0) ? "leader" : "master";
    }

    /** The question for the leader that is to hand over. */
    String leaderPrompt(boolean standbyCluster) {
        if (!version.isAtLeast(3, 0, 0)) {
            return "Master";
        }
        return standbyCluster ? "Standby Leader" : "Primary";
    }

    /** Whether the table comes first of all (3.0.0 and later), or only before the last question. */
    boolean showsTopologyFirst() {
        return version.isAtLeast(3, 0, 0);
    }

    /** Whether a restart of pending members leaves the others out by itself (3.3.6, 4.0.5 and later). */
    boolean asksAboutPendingAtTheTime() {
        return version.isAtLeast(4, 0, 5) || (version.isAtLeast(3, 3, 6) && !version.isAtLeast(4, 0, 0));
    }

    /** Whether the history tells who led after (2.1.1 and later). */
    boolean tellsNewLeader() {
        return version.isAtLeast(2, 1, 1);
    }

    /** The candidate leads already. */
    String candidateLeads(String title, String candidate, String cluster) {
        if (version.isAtLeast(3, 2, 2)) {
            return "Member " + candidate + " is already the leader of cluster " + cluster;
        }
        return version.isAtLeast(3, 2, 0)
                ? noCandidate(candidate, cluster)
                : title + " target and source are the same.";
    }

    /** The candidate is no member, or its tags forbid it. */
    String noCandidate(String candidate, String cluster) {
        return "Member " + candidate + " does not exist in cluster " + cluster
                + (version.isAtLeast(3, 2, 0) ? " or is tagged as nofailover" : "");
    }

    /** None of the members that were named has the role; a role from the command line is quoted by 4.1.4 and later. */
    String noneAmongProvided(RoleChoice role, boolean fromCommandLine) {
        boolean quoted = version.isAtLeast(4, 1, 4)
                || (version.isAtLeast(4, 0, 10) && !version.isAtLeast(4, 1, 0))
                || (version.isAtLeast(3, 3, 11) && !version.isAtLeast(4, 0, 0));
        return "No " + (quoted && fromCommandLine ? "'" + role + "'" : role) + " among provided members";
    }

    /** The part of a question that tells who will lead no more; nothing if nobody leads. */
    String demoting(Optional<String> leader) {
        return leader.map(name -> ", demoting current " + leaderWord() + " " + name)
                .orElse("");
    }
}
