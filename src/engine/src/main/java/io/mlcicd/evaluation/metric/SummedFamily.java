package io.mlcicd.evaluation.metric;

import java.util.List;
import java.util.function.Function;

/**
 * How the tallies of a family come from sums over many rows, for engines from which these cannot be handed over.
 *
 * @param facts aggregates of all rows that are to be known before, in SQL
 * @param sums what is to be summed, when these are known
 */
public record SummedFamily(List<String> facts, Function<double[], Sums> sums) {

    /**
     * Sums, all expressions of which are finite numbers in SQL.
     *
     * @param codes rows are summed by their values, which are few
     * @param summed each is summed, times the weight
     * @param greatest of each the greatest value is told, after the sums
     * @param adding puts them into a tally of the family
     */
    public record Sums(List<String> codes, List<String> summed, List<String> greatest, Adding adding) {}

    /** Puts the sums of some rows into a tally. */
    @FunctionalInterface
    public interface Adding {
        /**
         * Adds rows.
         *
         * @param sums the sums, then the greatest values
         * @param weight the sum of the rows' weights
         * @param squares the sum of their squared weights
         */
        void add(Tally tally, double[] codes, double[] sums, double weight, double squares);
    }

    public SummedFamily {
        facts = List.copyOf(facts);
    }
}
