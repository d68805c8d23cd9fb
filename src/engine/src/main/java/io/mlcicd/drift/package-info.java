/** Drift: how far the distributions of current data are from those of a reference, column by column. */
package io.mlcicd.drift;
