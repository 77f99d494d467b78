package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.cluster.RawAnswer;
import io.patop.json.Json;
import io.patop.json.JsonChanges;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A look at raw answers of the REST API, beside the dashboard: what is asked for is fetched while it is looked
 * at, and is no observation, since bodies of any size would swell every recording. Nothing here waits.
 */
public interface Inspection {

    /** Where there is no node to ask, as in a replay. */
    Inspection NONE = new Inspection() {
        @Override
        public void look(Subject subject) {}

        @Override
        public void again() {}

        @Override
        public Optional<Page> page() {
            return Optional.empty();
        }

        @Override
        public Map<Check, Code> codes() {
            return Map.of();
        }

        @Override
        public void save(Page page, String file) {}

        @Override
        public Optional<Saved> saved() {
            return Optional.empty();
        }
    };

    /** What is looked at. */
    sealed interface Subject {}

    /**
     * One endpoint of one member.
     *
     * @param member its name
     * @param path with the query
     */
    record Place(String member, String path) implements Subject {
        /** Checks that both parts are there. */
        public Place {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * The health checks of all members.
     *
     * @param paths to ask each of them
     */
    record Checks(List<String> paths) implements Subject {
        /** Copies the list. */
        public Checks {
            paths = List.copyOf(paths);
        }
    }

    /**
     * What a place answered.
     *
     * @param place that was asked
     * @param url of the endpoint; empty if the member's address is unknown
     * @param at when the answer had come
     * @param answer or why there is none
     * @param tree of the body, if it is JSON
     * @param note why there is no tree, where a person would expect one; else empty
     * @param news what is different from the answer before
     */
    record Page(
            Place place,
            Optional<URI> url,
            Instant at,
            Answer<RawAnswer> answer,
            Optional<Json> tree,
            String note,
            News news) {

        /** An answer that is none. */
        static Page missing(Place place, Instant at, Answer<RawAnswer> why) {
            return new Page(place, Optional.empty(), at, why, Optional.empty(), "", News.NONE);
        }
    }

    /**
     * What is different from the answer before.
     *
     * @param changes in the tree
     * @param lines of a text that were not in the one before, from 0
     */
    record News(JsonChanges changes, Set<Integer> lines) {
        /** Nothing, or there was no answer before. */
        public static final News NONE = new News(JsonChanges.NONE, Set.of());

        /** Copies the set. */
        public News {
            lines = Set.copyOf(lines);
        }
    }

    /**
     * One health check of one member.
     *
     * @param member its name
     * @param path of the check
     */
    record Check(String member, String path) {}

    /**
     * What a health check answered.
     *
     * @param at when
     * @param answer the code, or why there is none
     */
    record Code(Instant at, Answer<Integer> answer) {}

    /**
     * What became of the last wish to save a page.
     *
     * @param at when
     * @param good whether it is saved
     * @param words for a person
     */
    record Saved(Instant at, boolean good, String words) {}

    /** Somebody looks at that now. It is fetched over and over until nobody has said so for some seconds. */
    void look(Subject subject);

    /** Fetches what is looked at now, and not only when it is due. */
    void again();

    /** The last answer of the place that is, or was, looked at. */
    Optional<Page> page();

    /** The last codes of the checks that are, or were, looked at. */
    Map<Check, Code> codes();

    /** Writes a page's body to a file, as it came; an existing file is not overwritten. */
    void save(Page page, String file);

    /** What became of that. */
    Optional<Saved> saved();
}
