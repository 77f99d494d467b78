package io.patop.control;

import io.patop.cluster.Answer;
import io.patop.watch.model.Action;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One way to change a cluster: Docker, Patroni, HAProxy, the simulator. Another way is another class, and a line where
 * a session is wired. A lever only does; what is asked before and reported after is the same for all of them.
 *
 * @param <A> the actions that it does
 */
public interface Lever<A extends Action> {

    /** The actions that it does. */
    Class<A> takes();

    /**
     * Whether it returns at once and works on by itself, so that nothing waits for it. Others are used one after the
     * other, in the order in which they were asked for.
     */
    default boolean worksByItself() {
        return false;
    }

    /**
     * Does it, once.
     *
     * @param steps is told each step of what has several
     * @return completes with a word on what came of it, often none, or with why it was not done; never with an exception
     */
    CompletableFuture<Answer<String>> carryOut(A action, Consumer<String> steps);

    /** Does an action of those that it takes. */
    default CompletableFuture<Answer<String>> perform(Action action, Consumer<String> steps) {
        return carryOut(takes().cast(action), steps);
    }
}
