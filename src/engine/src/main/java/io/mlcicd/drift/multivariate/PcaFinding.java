package io.mlcicd.drift.multivariate;

import java.util.OptionalDouble;

/**
 * How well the current rows fit the principal components of the reference, see {@link ReconstructionDrift}.
 *
 * @param error mean reconstruction error of the current rows, in standard deviations of a column
 * @param referenceError mean reconstruction error of reference rows that the components were not found from
 * @param lower the least error that is not drift
 * @param upper the greatest error that is not drift
 * @param z by how many standard deviations the error is beside the reference's; empty when the reference's does not vary
 * @param drifted whether the error is outside the limits
 * @param columns how many of the data's columns took part
 * @param dimensions how many columns they became: one for numbers, one for each frequent category and for missing values
 * @param components how many components were kept
 * @param chunks how many chunks of the reference gave the limits
 * @param message a sentence that says all this to a person
 */
public record PcaFinding(
        double error,
        double referenceError,
        double lower,
        double upper,
        OptionalDouble z,
        boolean drifted,
        int columns,
        int dimensions,
        int components,
        int chunks,
        String message) {}
