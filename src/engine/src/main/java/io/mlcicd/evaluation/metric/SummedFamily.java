package io.mlcicd.evaluation.metric;

import io.mlcicd.data.Dialect;
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
     * @param rows the rows that are summed
     * @param adding puts them into a tally of the family
     */
    public record Sums(
            List<String> codes, List<String> summed, List<String> greatest, DerivedRows rows, Adding adding) {

        /** Sums of the judged rows as they are. */
        Sums(List<String> codes, List<String> summed, List<String> greatest, Adding adding) {
            this(codes, summed, greatest, DerivedRows.JUDGED, adding);
        }
    }

    /** Rows that are made of the judged ones where these are, such as one for each query. */
    @FunctionalInterface
    public interface DerivedRows {

        /** The judged rows themselves. */
        DerivedRows JUDGED = (judged, keys) -> judged.rows();

        /**
         * What goes after {@code FROM}; has the keys, the weight, and whatever the sums name as columns.
         *
         * @param keys columns that tell rows of different slices apart, which are never of one unit
         */
        String of(JudgedRelation judged, List<String> keys);
    }

    /** The judged rows in SQL, with the columns that {@link JudgedColumns} names and the column {@code weight}. */
    public interface JudgedRelation {

        /** What goes after {@code FROM}. */
        String rows();

        /** The same with a number of each row as one more column. */
        String numbered(String column);

        /** Expressions that engines write differently. */
        Dialect dialect();
    }

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
