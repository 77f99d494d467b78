package io.patop.patroni;

import io.patop.cluster.Answer;
import io.patop.cluster.RawAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Gets the answers of any endpoint as they come over the wire. Only GET is used. */
public interface RawApi {

    /**
     * Returns the answer, whatever its status; of a longer body only the beginning.
     *
     * @param path path with the query, relative to the API's base
     * @param bytes number of bytes of the body that are kept
     * @throws IllegalArgumentException if no URL can be made of the path
     */
    CompletableFuture<Answer<RawAnswer>> get(ApiUrl url, String path, int bytes);

    /**
     * Passes on an answer of any length while it arrives. The wait for the head is limited as for any answer, and
     * again for each piece; time that the receiver takes for a piece does not count.
     *
     * @param path path with the query, relative to the API's base
     * @return how many bytes of the body came, all of which have been passed on
     * @throws IllegalArgumentException if no URL can be made of the path
     */
    CompletableFuture<Answer<Long>> stream(ApiUrl url, String path, Receiver receiver);

    /** Takes an answer piece by piece, on a thread of the client. */
    interface Receiver {

        /** Called when the answer begins. */
        void head(int status, Map<String, String> headers) throws IOException;

        /** Called with the next piece of the body. */
        void piece(ByteBuffer bytes) throws IOException;
    }
}
