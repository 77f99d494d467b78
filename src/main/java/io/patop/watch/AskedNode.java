package io.patop.watch;

import io.patop.patroni.ApiUrl;

/** What {@link PatroniSource} knows of how to ask one member. Used by one thread. */
final class AskedNode {

    final String name;

    /** Where it is asked. */
    ApiUrl url;

    /** Where {@code /cluster} says that it is. */
    ApiUrl published;

    /** A request is under way, or waits for its turn. */
    boolean isAsked;

    /** When it was asked last, as a number that grows. */
    long turn;

    /** By the last {@code /cluster}. */
    boolean isListed = true;

    /** Its last request was answered; so is taken of one that has not been asked there yet. */
    boolean answers = true;

    /** Its last answer was of this member of this cluster. */
    boolean isOurs;

    /** It is asked at a seed that told its name, and no more where it says that it is. */
    boolean isAtSeed;

    AskedNode(String name, ApiUrl url, ApiUrl published) {
        this.name = name;
        this.url = url;
        this.published = published;
    }

    /** It is somewhere else now: of that address nothing is known. */
    void move(ApiUrl to) {
        url = to;
        answers = true;
        isOurs = false;
    }
}
