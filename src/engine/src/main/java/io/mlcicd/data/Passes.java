package io.mlcicd.data;

import java.util.OptionalDouble;

/**
 * How many queries an engine is asked about many columns. An engine in this process answers small ones faster; one that
 * starts a job on a cluster for each query is asked about all columns at once.
 *
 * @param itemsAtOnce how many aggregates one query has, but for those of the last column, which stay together
 * @param together whether what is grouped, sorted or counted of one column is so of many in one query
 * @param rankError how far the rank of a quantile may be off, as a share of the values; empty when quantiles are exact
 */
public record Passes(int itemsAtOnce, boolean together, OptionalDouble rankError) {}
