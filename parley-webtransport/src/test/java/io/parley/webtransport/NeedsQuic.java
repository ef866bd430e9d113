package io.parley.webtransport;

import io.netty.handler.codec.quic.Quic;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves tests out on a platform for which there is no QUIC library; says so. */
final class NeedsQuic implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Quic.isAvailable()
                ? ConditionEvaluationResult.enabled("QUIC is there")
                : ConditionEvaluationResult.disabled(Natives.message(Natives.platform()));
    }
}
