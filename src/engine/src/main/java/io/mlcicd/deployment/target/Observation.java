package io.mlcicd.deployment.target;

/**
 * Live figures of both releases over the same time.
 *
 * @param candidate of the release on its way; of copied requests alone while it is only a shadow
 * @param active of the release that it is to replace
 * @param compared shadow requests whose two answers could be compared
 * @param different of those, how many answers differed: another status, or another prediction where one is looked at, else
 *     another body
 */
public record Observation(LiveFigures candidate, LiveFigures active, long compared, long different) {}
