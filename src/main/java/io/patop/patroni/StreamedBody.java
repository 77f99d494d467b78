package io.patop.patroni;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes on a body of any length piece by piece: the next piece is requested when the last has been taken, so that
 * memory does not grow with the body. A node that is silent for too long ends it; only the node's time counts, not
 * the receiver's.
 */
final class StreamedBody implements HttpResponse.BodySubscriber<Long> {

    private final RawApi.Receiver receiver;
    private final Duration silence;
    private final Executor executor;
    private final CompletableFuture<Long> body = new CompletableFuture<>();

    @SuppressWarnings("NullAway.Init") // set by onSubscribe, before all else
    private Flow.Subscription subscription;

    private long count;
    private volatile long asked;
    private volatile boolean waiting;

    StreamedBody(RawApi.Receiver receiver, Duration silence, Executor executor) {
        this.receiver = receiver;
        this.silence = silence;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription incoming) {
        subscription = incoming;
        next();
        lookAgain(asked);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        waiting = false;
        try {
            for (ByteBuffer buffer : buffers) {
                count += buffer.remaining();
                receiver.piece(buffer);
            }
            next();
        } catch (IOException | RuntimeException untaken) {
            body.completeExceptionally(new NotTaken(untaken));
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        body.complete(count);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one piece after the other; only read elsewhere
    private void next() {
        asked++;
        waiting = true;
        subscription.request(1);
    }

    /** Ends the body if the same piece has been awaited since the last check. */
    private void lookAgain(long before) {
        CompletableFuture.delayedExecutor(silence.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> {
                    if (body.isDone()) {
                        return;
                    }
                    if (waiting && asked == before) {
                        // Before the end of the connection, which would be reported as the reason.
                        body.completeExceptionally(new TimeoutException());
                        subscription.cancel();
                        return;
                    }
                    lookAgain(asked);
                });
    }

    /** The receiver takes no more of the body. */
    static final class NotTaken extends IOException {
        NotTaken(Throwable cause) {
            super(cause);
        }
    }
}
