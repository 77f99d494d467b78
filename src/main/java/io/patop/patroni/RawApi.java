package io.patop.patroni;

import io.patop.cluster.Answer;
import io.patop.cluster.RawAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What any endpoint answers, as it comes over the wire. Nothing is asked but with GET. */
public interface RawApi {

    /**
     * The answer, whatever its status; of a body that is longer than so many bytes the beginning.
     *
     * @param path with the query, from the API's base on
     * @param bytes of the body are kept
     * @throws IllegalArgumentException if no URL can be made of the path
     */
    CompletableFuture<Answer<RawAnswer>> get(ApiUrl url, String path, int bytes);

    /**
     * Hands an answer of any length on while it comes in. The head is awaited as long as any answer, each
     * further piece as long again; a receiver that is slow to take a piece costs the node nothing.
     *
     * @param path with the query, from the API's base on
     * @return how many bytes of the body came, all of which have been handed on
     * @throws IllegalArgumentException if no URL can be made of the path
     */
    CompletableFuture<Answer<Long>> stream(ApiUrl url, String path, Receiver receiver);

    /** Takes an answer piece by piece, on a thread of the client's. */
    interface Receiver {

        /** The answer begins. */
        void head(int status, Map<String, String> headers) throws IOException;

        /** The next piece of the body. */
        void piece(ByteBuffer bytes) throws IOException;
    }
}
