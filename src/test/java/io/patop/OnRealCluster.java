package io.patop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link RealCluster} of a test run to whoever asks for it as a parameter: it takes over a minute
 * to start, so all test classes share it, and a second try of what failed does too; it ends with the process. It is
 * healthy when it is handed out; whoever breaks it puts it right again. Where none is wanted the tests are skipped.
 */
public final class OnRealCluster implements ExecutionCondition, ParameterResolver {

    /** A reason here skips; an assumption that fails while a parameter is resolved would be an error. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return RealCluster.whyUnwanted()
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("a real cluster is wanted"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RealCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Attempt attempt = context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(OnRealCluster.class))
                .getOrComputeIfAbsent("cluster", key -> Attempt.made(), Attempt.class);
        try {
            return attempt.healthy();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * The one attempt to have a cluster. What takes minutes to fail is not tried again for each test: a mirror out of
     * reach, or a cluster that does not recover, would make the whole build hang.
     */
    private static final class Attempt implements AutoCloseable {

        private final Optional<RealCluster> cluster;
        private Optional<Throwable> failed;

        private Attempt(Optional<RealCluster> cluster, Optional<Throwable> failed) {
            this.cluster = cluster;
            this.failed = failed;
        }

        static Attempt made() {
            try {
                return new Attempt(Optional.of(RealCluster.start()), Optional.empty());
            } catch (IOException | RuntimeException | Error failed) {
                return new Attempt(Optional.empty(), Optional.of(failed));
            }
        }

        RealCluster healthy() throws IOException {
            if (cluster.isEmpty() || (failed.isPresent() && !cluster.get().isHealthy())) {
                throw new AssertionError(
                        "there is no healthy cluster, as the first to ask for it was told", failed.orElseThrow());
            }
            try {
                cluster.get().awaitHealth();
                failed = Optional.empty();
                return cluster.get();
            } catch (AssertionError | ConditionTimeoutException unhealthy) {
                failed = Optional.of(unhealthy);
                throw unhealthy;
            }
        }

        @Override
        public void close() throws IOException {
            if (cluster.isPresent()) {
                cluster.get().close();
            }
        }
    }
}
