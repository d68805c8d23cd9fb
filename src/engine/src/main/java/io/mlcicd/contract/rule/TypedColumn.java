package io.mlcicd.contract.rule;

import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.Dialect;

/**
 * A column seen as the type its contract names.
 *
 * @param raw the column in SQL
 * @param value its values of the contract's type in SQL, NULL where they are not of that type
 * @param matches whether every value is of that type, whatever the data
 */
public record TypedColumn(String raw, String value, boolean matches) {

    private static final String NONE = "NULL";

    /** Beyond this, doubles and 64-bit integers do not tell neighbours apart. */
    private static final String GREATEST_WHOLE = "9.2e18";

    public static TypedColumn of(Column column, ColumnType wanted, boolean untyped, Dialect dialect) {
        String raw = DataEngine.quote(column.name());
        String value = column.type() == wanted ? raw : seen(raw, column.type(), wanted, untyped, dialect);
        return new TypedColumn(raw, value, value.equals(raw));
    }

    private static String seen(String raw, ColumnType type, ColumnType wanted, boolean untyped, Dialect dialect) {
        boolean text = type == ColumnType.STRING;
        return switch (wanted) {
            case NUMBER -> type == ColumnType.INTEGER ? raw : text ? dialect.tryCast(raw, wanted) : NONE;
            case INTEGER ->
                text ? whole(dialect.tryCast(raw, ColumnType.NUMBER)) : type == ColumnType.NUMBER ? whole(raw) : NONE;
            case DATE ->
                text
                        ? midnight(dialect.tryCast(raw, ColumnType.TIMESTAMP))
                        : type == ColumnType.TIMESTAMP ? midnight(raw) : NONE;
            case TIMESTAMP ->
                type == ColumnType.DATE ? "CAST(" + raw + " AS TIMESTAMP)" : text ? dialect.tryCast(raw, wanted) : NONE;
            case BOOLEAN -> text ? "CASE lower(" + raw + ") WHEN 'true' THEN true WHEN 'false' THEN false END" : NONE;
            // Text files say nothing of types: what looks like a number may well be meant as text.
            case STRING -> untyped ? "CAST(" + raw + " AS VARCHAR)" : NONE;
            case OTHER -> raw;
        };
    }

    /** A fraction is no integer, yet data frames write integers as 1.0 once one of them is missing. */
    private static String whole(String number) {
        return "CASE WHEN %1$s = floor(%1$s) AND abs(%1$s) < %2$s THEN %1$s END".formatted(number, GREATEST_WHOLE);
    }

    /** Data frames write dates as timestamps at midnight. */
    private static String midnight(String timestamp) {
        return "CASE WHEN %1$s = CAST(CAST(%1$s AS DATE) AS TIMESTAMP) THEN CAST(%1$s AS DATE) END"
                .formatted(timestamp);
    }
}
