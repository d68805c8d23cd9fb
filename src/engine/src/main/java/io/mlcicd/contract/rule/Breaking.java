package io.mlcicd.contract.rule;

/**
 * Rows to be looked up.
 *
 * @param from what to select from: the data set's rows with their numbers
 * @param condition which rows
 * @param value what is shown of each, as an expression
 * @param order by what they are sorted
 * @param place the column that has a row's number
 */
public record Breaking(String from, String condition, String value, String order, String place) {

    /** The query for the first rows: {@code place} and {@code value}; a column of the data may be called so too. */
    public String query(int most) {
        return "SELECT %s AS place, %s AS value FROM (SELECT * FROM %s WHERE %s ORDER BY %s LIMIT %d) AS breaking"
                .formatted(place, value, from, condition, order, most);
    }
}
