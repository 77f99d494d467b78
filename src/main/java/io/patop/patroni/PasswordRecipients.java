package io.patop.patroni;

import io.patop.cluster.ClusterView;
import io.patop.cluster.Member;
import io.patop.cluster.PostgresAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides to which addresses the password may be sent. A member's published address is whatever it wrote into the
 * DCS, so the password goes only to an address that
 *
 * <ul>
 *   <li>was given: typed, configured, or shown by Docker; or
 *   <li>TLS proves: authority and host's name are checked; or
 *   <li>was published for a known host: that of the member's PostgreSQL, or a given one. Over plain HTTP only if it was
 *       learned over plain HTTP too.
 * </ul>
 *
 * <p>Unknown addresses get no password. For many threads.
 */
final class PasswordRecipients {

    /** Largest number of published addresses that are kept; further ones get no password. */
    private static final int MOST = 2 * ClusterView.MOST_MEMBERS;

    private enum Learned {
        OVER_PLAIN_HTTP,
        OVER_TLS
    }

    private record Published(String member, Optional<String> postgresHost, Learned learned) {}

    private final boolean tlsProves;
    private final Set<ApiUrl> given = new HashSet<>();
    private final Map<ApiUrl, Published> published = new HashMap<>();

    PasswordRecipients(Tls tls) {
        tlsProves = !tls.insecure();
    }

    /** Adds addresses that no node published, or that a person named themselves. */
    synchronized void give(Collection<ApiUrl> urls) {
        given.addAll(urls);
    }

    /** Adds the addresses in a node's list of members. */
    synchronized void listed(ApiUrl via, ClusterView view) {
        boolean overTls = via.isTls() || isLearnedOverTls(via);
        for (Member member : view.members()) {
            member.apiUrl().map(ApiUrl::new).ifPresent(url -> {
                if (published.size() < MOST || published.containsKey(url)) {
                    published.put(
                            url,
                            new Published(
                                    member.name(),
                                    member.address().map(PostgresAddress::host),
                                    overTls || isLearnedOverTls(url) ? Learned.OVER_TLS : Learned.OVER_PLAIN_HTTP));
                }
            });
        }
    }

    /** Returns why the password may not be sent to this URL; empty if it may. */
    synchronized Optional<String> refusal(ApiUrl to) {
        if (given.contains(to) || (to.isTls() && tlsProves)) {
            return Optional.empty();
        }
        Published known = published.get(to);
        if (known == null) {
            return Optional.of("nobody gave this address; name it with -u");
        }
        if (!to.isTls() && known.learned() == Learned.OVER_TLS) {
            return refusal(known, to, "published this address for plain HTTP, in a cluster that is asked over TLS");
        }
        return isHostKnown(known, to)
                ? Optional.empty()
                : refusal(known, to, "published this address, and its PostgreSQL is on another host");
    }

    private static Optional<String> refusal(Published known, ApiUrl to, String why) {
        return Optional.of(
                known.member() + " " + why + "; if it is right, name it with -u " + known.member() + "=" + to);
    }

    private boolean isLearnedOverTls(ApiUrl url) {
        return Optional.ofNullable(published.get(url))
                .filter(known -> known.learned() == Learned.OVER_TLS)
                .isPresent();
    }

    private boolean isHostKnown(Published known, ApiUrl to) {
        return known.postgresHost()
                        .filter(host -> host.toLowerCase(Locale.ROOT).equals(to.host()))
                        .isPresent()
                || given.stream().anyMatch(url -> url.host().equals(to.host()));
    }
}
