package io.jenkins.plugins.mlcicd.history;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.OptionalDouble;

/**
 * A metric of one build.
 *
 * @param value its value
 * @param lower the lower limit of its confidence interval; empty without one
 * @param upper the upper limit
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Measured(double value, OptionalDouble lower, OptionalDouble upper) {}
