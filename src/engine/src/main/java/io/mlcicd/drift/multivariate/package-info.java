/** Drift of all columns together: what no column shows by itself. */
package io.mlcicd.drift.multivariate;
