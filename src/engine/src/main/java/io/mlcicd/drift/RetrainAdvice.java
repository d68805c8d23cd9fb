package io.mlcicd.drift;

import io.mlcicd.gate.Criticality;
import io.mlcicd.gate.GateResult;
import io.mlcicd.gate.Outcome;
import java.util.List;

/**
 * Whether the drift calls for a new model; what the retraining trigger reads.
 *
 * @param recommended whether a gate of criticality UNSTABLE or FAILURE failed
 * @param reasons the messages of those gates
 */
public record RetrainAdvice(boolean recommended, List<String> reasons) {

    public RetrainAdvice {
        reasons = List.copyOf(reasons);
    }

    /** What these gates call for. */
    static RetrainAdvice of(List<GateResult> gates) {
        List<String> reasons = gates.stream()
                .filter(gate -> gate.outcome() == Outcome.FAILED)
                .filter(gate -> gate.gate().criticality() != Criticality.NOTE)
                .map(GateResult::message)
                .toList();
        return new RetrainAdvice(!reasons.isEmpty(), reasons);
    }
}
