package io.mlcicd.gate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One gate with the numbers that decided it.
 *
 * @param gate the bound
 * @param sliceValue the slice's value this result is about; empty when the gate is on the whole data set
 * @param actual the metric's value; empty when it could not be computed
 * @param champion the champion's value; empty when the gate does not compare or there is no champion
 * @param outcome what became of it
 * @param message one sentence for a person, with the metric, its value and the bound
 */
public record GateResult(
        @JsonUnwrapped Gate gate,
        Optional<String> sliceValue,
        OptionalDouble actual,
        OptionalDouble champion,
        Outcome outcome,
        String message) {}
