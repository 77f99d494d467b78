package io.patop.command.patronictl.table;

import io.patop.cluster.PatroniVersion;
import io.patop.command.shell.RoleChoice;
import java.util.Optional;

/** The messages that differ between versions of patronictl: patop prints those of the nodes' version. */
public record PatronictlMessages(PatroniVersion version) {

    /** Returns the leader's name in a sentence: master until 2.1. */
    public String leaderWord() {
        return version.isAtLeast(3, 0, 0) ? "leader" : "master";
    }

    /** Returns the question for the leader that is to hand over. */
    public String leaderPrompt(boolean standbyCluster) {
        if (!version.isAtLeast(3, 0, 0)) {
            return "Master";
        }
        return standbyCluster ? "Standby Leader" : "Primary";
    }

    /** Returns whether the table comes first of all (3.0.0 and later), or only before the last question. */
    public boolean showsTopologyFirst() {
        return version.isAtLeast(3, 0, 0);
    }

    /** Returns whether a restart of pending members leaves the others out by itself (3.3.6, 4.0.5 and later). */
    public boolean asksAboutPendingAtTheTime() {
        return version.isAtLeast(4, 0, 5) || (version.isAtLeast(3, 3, 6) && !version.isAtLeast(4, 0, 0));
    }

    /** Returns whether the history tells who led after (2.1.1 and later). */
    public boolean tellsNewLeader() {
        return version.isAtLeast(2, 1, 1);
    }

    /** Returns the message for a candidate that leads already. */
    public String candidateLeads(String title, String candidate, String cluster) {
        if (version.isAtLeast(3, 2, 2)) {
            return "Member " + candidate + " is already the leader of cluster " + cluster;
        }
        return version.isAtLeast(3, 2, 0)
                ? noCandidate(candidate, cluster)
                : title + " target and source are the same.";
    }

    /** Returns the message for a candidate that is no member, or whose tags forbid it. */
    public String noCandidate(String candidate, String cluster) {
        return "Member " + candidate + " does not exist in cluster " + cluster
                + (version.isAtLeast(3, 2, 0) ? " or is tagged as nofailover" : "");
    }

    /**
     * Returns the message if none of the named members has the role; 4.1.4 and later quote a role from the command
     * line.
     */
    public String noneAmongProvided(RoleChoice role, boolean fromCommandLine) {
        boolean quoted = version.isAtLeast(4, 1, 4)
                || (version.isAtLeast(4, 0, 10) && !version.isAtLeast(4, 1, 0))
                || (version.isAtLeast(3, 3, 11) && !version.isAtLeast(4, 0, 0));
        return "No " + (quoted && fromCommandLine ? "'" + role + "'" : role) + " among provided members";
    }

    /** Returns the part of a question that tells who will no longer lead; empty text if nobody leads. */
    public String demoting(Optional<String> leader) {
        return leader.map(name -> ", demoting current " + leaderWord() + " " + name)
                .orElse("");
    }
}
