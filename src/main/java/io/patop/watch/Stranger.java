package io.patop.watch;

import io.patop.cluster.Failure;
import io.patop.cluster.Member;
import io.patop.cluster.NodeStatus;
import java.net.URI;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells who answers at a member's address: an address can pass to another member, or to a node of another cluster.
 * What a stranger says is never the member's, and nothing is sent to it.
 */
final class Stranger {

    private Stranger() {}

    /**
     * Why what answers there is not the member, or may not be; empty if nothing speaks against it.
     *
     * @param member who is expected
     * @param url where it was asked
     * @param said what came
     * @param identity of the cluster
     * @param members those that may have published the same address
     */
    static Optional<Failure> at(
            String member, URI url, NodeStatus said, Dashboard.Identity identity, Collection<WatchedMember> members) {
        return said.name()
                .filter(name -> !name.equals(member))
                .map(name -> "another member answers there: " + name)
                .or(() -> identity.otherCluster(said))
                .or(() -> said.name().isPresent() ? Optional.empty() : sharer(member, url, members))
                .map(why -> new Failure(Failure.Kind.STRANGER, url + ": " + why));
    }

    /** Before 3.2 a node does not tell its name: where two publish one address, nobody can say who answers. */
    private static Optional<String> sharer(String member, URI url, Collection<WatchedMember> members) {
        for (WatchedMember other : members) {
            boolean shares = other.isListed()
                    && !other.name().equals(member)
                    && other.listed()
                            .flatMap(Member::apiUrl)
                            .filter(published -> Objects.equals(published.getRawAuthority(), url.getRawAuthority()))
                            .isPresent();
            if (shares) {
                return Optional.of(other.name() + " has published that address too, and what answers there does not"
                        + " tell its name");
            }
        }
        return Optional.empty();
    }
}
