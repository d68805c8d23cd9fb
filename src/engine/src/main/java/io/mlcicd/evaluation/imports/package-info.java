/** Thresholds of other tools as gates. */
package io.mlcicd.evaluation.imports;
