package io.patop;

import java.io.IOException;
import java.io.UncheckedIOException;
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
        RealCluster cluster = context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(OnRealCluster.class))
                .getOrComputeIfAbsent("cluster", key -> started(), RealCluster.class);
        try {
            cluster.awaitHealth();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return cluster;
    }

    private static RealCluster started() {
        try {
            return RealCluster.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
