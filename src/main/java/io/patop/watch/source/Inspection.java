package io.patop.watch.source;

import io.patop.cluster.Answer;
import io.patop.cluster.RawAnswer;
import io.patop.json.Json;
import io.patop.json.JsonChanges;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Raw answers of the REST API, fetched while a person looks at them. They are no observations, since bodies of any
 * size would swell every recording. No method waits for an answer.
 */
public interface Inspection {

    /** An inspection without a node to ask, as in a replay. */
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

    /** The thing that a person looks at. */
    sealed interface Subject {

        /** Calls the method for this kind of thing. */
        void accept(Visitor visitor);

        /** One method for each kind of thing. */
        interface Visitor {
            void place(Place place);

            void checks(Checks checks);
        }
    }

    /**
     * One endpoint of a member.
     *
     * @param member its name
     * @param path with the query
     */
    record Place(String member, String path) implements Subject {
        @Override
        public void accept(Visitor visitor) {
            visitor.place(this);
        }
    }

    /**
     * The health checks of all members.
     *
     * @param paths of the checks
     */
    record Checks(List<String> paths) implements Subject {
        public Checks {
            paths = List.copyOf(paths);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.checks(this);
        }
    }

    /**
     * An answer of an endpoint.
     *
     * @param place the endpoint that was asked
     * @param url of the endpoint; empty if the member's address is unknown
     * @param at when the answer had come
     * @param answer the answer, or why there is none
     * @param tree the parsed body, if it is JSON
     * @param note why there is no tree although a person would expect one; else empty
     * @param news the difference to the answer before
     */
    record Page(
            Place place,
            Optional<URI> url,
            Instant at,
            Answer<RawAnswer> answer,
            Optional<Json> tree,
            String note,
            News news) {

        /** A page without an answer. */
        static Page missing(Place place, Instant at, Answer<RawAnswer> why) {
            return new Page(place, Optional.empty(), at, why, Optional.empty(), "", News.NONE);
        }
    }

    /**
     * The difference between an answer and the one before.
     *
     * @param changes in the tree
     * @param lines the numbers, from 0, of the lines of a text that the answer before did not have
     */
    record News(JsonChanges changes, Set<Integer> lines) {
        /** No difference, or no answer before. */
        public static final News NONE = new News(JsonChanges.NONE, Set.of());

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
     * The result of a health check.
     *
     * @param at when
     * @param answer the status code, or why there is none
     */
    record Code(Instant at, Answer<Integer> answer) {}

    /**
     * The result of the last request to save a page.
     *
     * @param at when
     * @param good whether it is saved
     * @param words the text for a person
     */
    record Saved(Instant at, boolean good, String words) {}

    /**
     * Tells that a person looks at this now. It is fetched again and again until nobody has called this for some
     * seconds.
     */
    void look(Subject subject);

    /** Fetches the subject now, before it is due. */
    void again();

    /** The last answer of the endpoint that is, or was, looked at. */
    Optional<Page> page();

    /** The last status codes of the checks that are, or were, looked at. */
    Map<Check, Code> codes();

    /** Writes a page's body to a file, as it came; an existing file is not overwritten. */
    void save(Page page, String file);

    /** The result of the last {@link #save}. */
    Optional<Saved> saved();
}
