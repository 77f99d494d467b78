package io.patop.watch.source;

import io.patop.patroni.ApiUrl;
import io.patop.watch.model.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What {@link PatroniSource} knows of how to ask one member. Used by one thread. */
final class AskedNode {

    final String name;

    /** Where it is asked. */
    ApiUrl url;

    /** Where {@code /cluster} says that it is. */
    ApiUrl published;

    /** A request is under way, or waits for its turn. */
    boolean isAsked;

    /** A request is under way. */
    boolean isUnderWay;

    /** When it was asked last, as a number that grows. */
    long turn;

    /**
     * So long a member is asked on that has left {@code /cluster}: one that was cut off comes back to life there, and may
     * still run as primary, before it is listed again.
     */
    private static final Duration MISSED = Duration.ofMinutes(5);

    /** By the last {@code /cluster}. */
    boolean isListed = true;

    /** When {@code /cluster} listed it last. */
    Instant listedAt;

    /** Its last request was answered; so is taken of one that has not been asked there yet. */
    boolean answers = true;

    /** Its last answer was of this member of this cluster. */
    boolean isOurs;

    /** It has answered where it is asked now. */
    boolean hasAnsweredHere;

    /** Other addresses at which it is being asked. */
    final Set<ApiUrl> elsewhere = new HashSet<>();

    /** What is told when it does not answer at any other address either. */
    Optional<Observation> untold = Optional.empty();

    AskedNode(String name, ApiUrl url, ApiUrl published, Instant listedAt) {
        this.listedAt = listedAt;
        this.name = name;
        this.url = url;
        this.published = published;
    }

    /** Whether it is worth asking. */
    boolean isWanted(Instant now) {
        return isListed || answers || now.isBefore(listedAt.plus(MISSED));
    }

    /** It is somewhere else now: of that address nothing is known. */
    void move(ApiUrl to) {
        url = to;
        answers = true;
        isOurs = false;
        hasAnsweredHere = false;
    }
}
