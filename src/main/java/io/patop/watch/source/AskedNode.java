package io.patop.watch.source;

import io.patop.patroni.ApiUrl;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The state that {@link PatroniSource} keeps for asking one member. Used by one thread. */
final class AskedNode {

    final String name;

    /** The address that is asked. */
    ApiUrl url;

    /** The address that the member published in {@code /cluster}. */
    ApiUrl published;

    /** Whether a request is under way or queued. */
    boolean isAsked;

    /** Whether a request is under way. */
    boolean isUnderWay;

    /** The number of the last request, counted over all nodes. */
    long turn;

    /**
     * How long a member is still asked after it has left {@code /cluster}. A member that was cut off answers again
     * before it is listed again, and may still run as primary.
     */
    private static final Duration MISSED = Duration.ofMinutes(5);

    /** Whether the last {@code /cluster} listed the member. */
    boolean isListed = true;

    /** Whether the last {@code /cluster} said that its PostgreSQL stops or has stopped. */
    boolean isStopping;

    /** When {@code /cluster} last listed the member. */
    Instant listedAt;

    /** Whether the last request was answered; true before the first request to an address. */
    boolean answers = true;

    /** Whether the last answer was from this member of this cluster. */
    boolean isOurs;

    /** Whether the member has answered at the present address. */
    boolean hasAnsweredHere;

    /** The other addresses at which the member is being asked. */
    final Set<ApiUrl> elsewhere = new HashSet<>();

    /** The observation to report if the member does not answer at any other address either. */
    Optional<Observation> untold = Optional.empty();

    /** The first request that timed out, until another one answers or confirms it. */
    Optional<Observation> doubted = Optional.empty();

    AskedNode(String name, ApiUrl url, ApiUrl published, Instant listedAt) {
        this.listedAt = listedAt;
        this.name = name;
        this.url = url;
        this.published = published;
    }

    /** Whether the member should be asked. */
    boolean isWanted(Instant now) {
        return isListed || answers || now.isBefore(listedAt.plus(MISSED));
    }

    /** Changes the address. Nothing is known of the new one yet. */
    void move(ApiUrl to) {
        url = to;
        answers = true;
        isOurs = false;
        hasAnsweredHere = false;
        doubted = Optional.empty();
    }
}
