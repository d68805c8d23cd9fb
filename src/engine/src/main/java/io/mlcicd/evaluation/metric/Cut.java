package io.mlcicd.evaluation.metric;

/**
 * What a threshold takes for positive.
 *
 * @param threshold rows of this score or more are taken for positive; infinite where none is
 * @param falsePositives how many negative rows are taken, or their weight
 * @param truePositives how many positive rows are taken, or their weight
 */
record Cut(double threshold, double falsePositives, double truePositives) {}
