package io.mlcicd.data;

import java.util.List;

/**
 * Many different numbers as few levels that rise with them: each edge is a level of its own, for many numbers may be equal
 * to it, and between two edges levels are of equal width.
 *
 * @param edges rising strictly; two or more, such as quantiles of the numbers
 * @param inPiece how many levels are between two edges
 */
public record ValueLevels(List<Double> edges, int inPiece) {

    public ValueLevels {
        edges = List.copyOf(edges);
        if (edges.size() < 2) {
            throw new IllegalArgumentException("levels need two edges");
        }
    }

    /**
     * The level of a number as a double, in SQL; all below the first edge are of one level, and all beyond the last.
     *
     * @param number a finite double, in SQL
     */
    public String sql(String number) {
        return pieces(number, 0, edges.size() - 1);
    }

    /** A search by halves finds the piece between two edges. */
    private String pieces(String number, int from, int to) {
        if (to - from == 1) {
            return piece(number, from);
        }
        int middle = (from + to) >>> 1;
        return "CASE WHEN %s < %s THEN %s ELSE %s END"
                .formatted(
                        number,
                        DataEngine.literal(edges.get(middle)),
                        pieces(number, from, middle),
                        pieces(number, middle, to));
    }

    private String piece(String number, int index) {
        double from = edges.get(index);
        double to = edges.get(index + 1);
        double first = (double) index * (inPiece + 1);
        // The distance of two doubles need not be one.
        double scale = Math.min(Double.MAX_VALUE, inPiece / (to - from));
        StringBuilder sql = new StringBuilder("CASE");
        if (index == 0) {
            sql.append(" WHEN %s < %s THEN -1E0".formatted(number, DataEngine.literal(from)));
        }
        sql.append(" WHEN %s = %s THEN %s".formatted(number, DataEngine.literal(from), DataEngine.literal(first)));
        if (index + 2 == edges.size()) {
            sql.append(" WHEN %1$s >= %2$s THEN CASE WHEN %1$s = %2$s THEN %3$s ELSE %4$s END"
                    .formatted(
                            number,
                            DataEngine.literal(to),
                            DataEngine.literal(first + inPiece + 1),
                            DataEngine.literal(first + inPiece + 2)));
        }
        return sql.append(" ELSE LEAST(%s, CAST(FLOOR((%s - %s) * %s) AS DOUBLE)) + %s END"
                        .formatted(
                                DataEngine.literal(inPiece - 1.0),
                                number,
                                DataEngine.literal(from),
                                DataEngine.literal(scale),
                                DataEngine.literal(first + 1)))
                .toString();
    }
}
