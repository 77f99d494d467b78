package io.patop.watch.rules;

import io.patop.cluster.Answer;
import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import io.patop.watch.model.Dashboard;
import io.patop.watch.model.WatchedMember;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks that the node at a member's address is that member of this cluster, since an address can pass to another
 * member or to another cluster's node. The answers of another node never count as the member's, and nothing is sent
 * to it.
 *
 * <p>A node tells its name since Patroni 3.2. Before that its system identifier and the published addresses decide.
 *
 * @param cluster the cluster that is meant
 * @param publishers tells which members have published an address
 */
public record IdentityCheck(Dashboard.Identity cluster, Publishers publishers) {

    /** Finds the members that have published an address. Asked only if a node does not tell its name. */
    @FunctionalInterface
    public interface Publishers {
        /** The names of those members, out of all that {@code /cluster} lists. */
        List<String> of(URI url);
    }

    /** A check against what {@code /cluster} lists. */
    public IdentityCheck(Dashboard.Identity cluster, Collection<Member> listed) {
        this(cluster, url -> listed.stream()
                .filter(member -> member.apiUrl()
                        .filter(published -> Objects.equals(published.getRawAuthority(), url.getRawAuthority()))
                        .isPresent())
                .map(Member::name)
                .toList());
    }

    /** A check against everything that the dashboard knows. */
    public static IdentityCheck of(Dashboard dashboard) {
        return new IdentityCheck(
                dashboard.identity(),
                dashboard.members().values().stream()
                        .filter(WatchedMember::isListed)
                        .flatMap(member -> member.listed().stream())
                        .toList());
    }

    /**
     * Why the node that answered there is not the member, or may not be; empty if nothing says so.
     *
     * @param member the expected member
     * @param url the URL that was asked
     * @param said the node's answer
     */
    public Optional<Failure> objection(String member, URI url, NodeStatus said) {
        return said.name()
                .filter(name -> !name.equals(member))
                .map(name -> "another member answers there: " + name)
                .or(() -> cluster.otherCluster(said))
                .or(() -> said.name().isPresent() ? Optional.empty() : sharer(member, url))
                .map(why -> new Failure(Failure.Kind.STRANGER, url + ": " + why));
    }

    /**
     * The answer to {@code GET /patroni} if it is the member's own, else the reason why nothing may be sent. It must
     * be checked before anything is sent to a member.
     */
    public Answer<NodeStatus> beforeSending(String member, URI url, Answer<NodeStatus> answer) {
        Optional<Failure> silent =
                answer.failure().map(failure -> new Failure(failure.kind(), failure.message() + "; nothing was sent"));
        return silent.or(() -> answer.value()
                        .flatMap(said -> objection(member, url, said))
                        .map(failure -> new Failure(
                                failure.kind(), failure.message() + "; nothing was sent to it in place of " + member)))
                .<Answer<NodeStatus>>map(why -> new Answer.Missing<>(why, answer.took()))
                .orElse(answer);
    }

    /**
     * Another member that has published the same address. If there is one, nobody can say which of the two a node is
     * that does not tell its name.
     */
    private Optional<String> sharer(String member, URI url) {
        return publishers.of(url).stream()
                .filter(other -> !other.equals(member))
                .findFirst()
                .map(other -> other + " has published that address too, and what answers there does not tell its name");
    }
}
