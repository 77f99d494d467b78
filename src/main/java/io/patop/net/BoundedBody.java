package io.patop.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Reads a body up to a bound, and ends the connection of a longer one. The JDK's own subscribers read until the
 * memory is full.
 */
public final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

    private final int bound;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init") // set by onSubscribe, before all else
    private Flow.Subscription subscription;

    /** The body is longer than the bound. */
    public static final class TooLarge extends IOException {
        TooLarge(int bound) {
            super("the answer is longer than " + (bound >> 10) + " KiB");
        }
    }

    /**
     * Makes a subscriber for one answer.
     *
     * @param bound largest size of the body, in bytes
     */
    public BoundedBody(int bound) {
        this.bound = bound;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription incoming) {
        subscription = incoming;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (bytes.size() + buffer.remaining() > bound) {
                subscription.cancel();
                body.completeExceptionally(new TooLarge(bound));
                return;
            }
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
