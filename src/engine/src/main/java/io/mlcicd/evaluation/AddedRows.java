package io.mlcicd.evaluation;

import io.mlcicd.data.Dialect;
import io.mlcicd.evaluation.metric.SummedFamily.DerivedRows;
import io.mlcicd.evaluation.metric.SummedFamily.JudgedRelation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Equal rows added up where the data are, of all rows and of every slice: one query, whose answer is small. */
final class AddedRows {

    /** In what stands before a row's expressions, the grouping that it is of; this one is all rows. */
    static final int WHOLE = -1;

    private static final String WEIGHT = "CAST(weight AS DOUBLE)";

    private final CodedRows rows;
    private final JudgedRelation judged;

    AddedRows(CodedRows rows) {
        this.rows = rows;
        this.judged = new JudgedRelation() {
            @Override
            public String rows() {
                return rows.from();
            }

            @Override
            public String numbered(String column) {
                return rows.numbered(column);
            }

            @Override
            public Dialect dialect() {
                return rows.engine().dialect();
            }
        };
    }

    /** Hears rows that were added up. */
    @FunctionalInterface
    interface Each {
        /**
         * Some equal rows of a group.
         *
         * @param grouping {@link #WHOLE}, or the index of the grouping of which these rows are one slice's
         * @param value the slice's code
         * @param row the expressions; the array is used again
         * @param weight the sum of the weights
         * @param squares the sum of the squared weights
         */
        void rows(int grouping, int value, double[] row, double weight, double squares);
    }

    /** Hands on the groups of rows in which all expressions are equal. */
    void scan(List<String> expressions, Each each) throws InterruptedException {
        scan(
                Collections.nCopies(rows.groups().size() + 1, expressions),
                List.of(),
                List.of(),
                "1, 2",
                (grouping, value, row, sums, weight, squares) -> each.rows(grouping, value, row, weight, squares));
    }

    /** Hears rows that were added up, with the weighted sums that were asked for. */
    @FunctionalInterface
    interface EachWithSums {
        void rows(int grouping, int value, double[] row, double[] sums, double weight, double squares);
    }

    /**
     * Hands on groups of rows.
     *
     * @param expressions whose equal values make a group: of all rows, then of each grouping; all of one length
     * @param summed of each group the sum of these, times the weight
     * @param greatest of each group the greatest of these; they come after the sums
     * @param order the ordinals by which groups come: 1 is the grouping, 2 the slice's code, 3 the first expression
     */
    void scan(
            List<List<String>> expressions, List<String> summed, List<String> greatest, String order, EachWithSums each)
            throws InterruptedException {
        scan(expressions, summed, greatest, DerivedRows.JUDGED, order, each);
    }

    /** Hands on groups of the rows that are made of the judged ones. */
    void scan(
            List<List<String>> expressions,
            List<String> summed,
            List<String> greatest,
            DerivedRows derived,
            String order,
            EachWithSums each)
            throws InterruptedException {
        int width = expressions.get(0).size();
        List<String> branches = new ArrayList<>();
        for (int g = WHOLE; g < rows.groups().size(); g++) {
            List<String> keys = g == WHOLE ? List.of() : List.of(code(g));
            branches.add(branch(g, expressions.get(g + 1), summed, greatest, derived.of(judged, keys)));
        }
        double[] row = new double[width];
        double[] sums = new double[summed.size() + greatest.size()];
        int columns = 2 + width + sums.length + 2;
        rows.engine().scan(String.join(" UNION ALL ", branches) + " ORDER BY " + order, columns, found -> {
            System.arraycopy(found, 2, row, 0, width);
            System.arraycopy(found, 2 + width, sums, 0, sums.length);
            each.rows((int) found[0], (int) found[1], row, sums, found[columns - 2], found[columns - 1]);
        });
    }

    private String branch(
            int grouping, List<String> expressions, List<String> summed, List<String> greatest, String from) {
        List<String> select = new ArrayList<>();
        select.add("CAST(" + grouping + " AS DOUBLE) AS g");
        select.add("CAST(" + (grouping == WHOLE ? "0" : code(grouping)) + " AS DOUBLE) AS code");
        List<String> keys = new ArrayList<>();
        if (grouping != WHOLE) {
            keys.add(code(grouping));
        }
        for (int i = 0; i < expressions.size(); i++) {
            select.add("CAST(e" + i + " AS DOUBLE) AS e" + i);
            keys.add("e" + i);
        }
        for (int i = 0; i < summed.size(); i++) {
            select.add("SUM(" + WEIGHT + " * s" + i + ") AS s" + i);
        }
        for (int i = 0; i < greatest.size(); i++) {
            select.add("MAX(z" + i + ") AS z" + i);
        }
        select.add("SUM(" + WEIGHT + ") AS w");
        select.add("SUM(" + WEIGHT + " * " + WEIGHT + ") AS ww");
        return "SELECT " + String.join(", ", select) + " FROM (SELECT "
                + inner(grouping, expressions, summed, greatest) + " FROM " + from + ") AS named"
                + (keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys));
    }

    private String code(int grouping) {
        return rows.groups().get(grouping).column();
    }

    /** Expressions by names, so that they need not be said twice. */
    private String inner(int grouping, List<String> expressions, List<String> summed, List<String> greatest) {
        List<String> select = new ArrayList<>(List.of("weight"));
        if (grouping != WHOLE) {
            select.add(code(grouping));
        }
        for (int i = 0; i < expressions.size(); i++) {
            select.add(expressions.get(i) + " AS e" + i);
        }
        for (int i = 0; i < summed.size(); i++) {
            select.add("CAST(" + summed.get(i) + " AS DOUBLE) AS s" + i);
        }
        for (int i = 0; i < greatest.size(); i++) {
            select.add("CAST(" + greatest.get(i) + " AS DOUBLE) AS z" + i);
        }
        return select.stream().collect(Collectors.joining(", "));
    }
}
