/** Uncertainty of metrics and tests of differences, each with its source; knows nothing of models or data. */
package io.mlcicd.statistic;
