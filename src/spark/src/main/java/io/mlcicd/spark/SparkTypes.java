package io.mlcicd.spark;

import io.mlcicd.data.ColumnType;
import java.util.Locale;

/** Spark's types as ours. */
final class SparkTypes {

    private SparkTypes() {}

    private static String name(String type) {
        return type.toUpperCase(Locale.ROOT).replaceFirst(" NOT NULL$", "");
    }

    /** The type of that name in Spark's catalogue. */
    static ColumnType type(String spark) {
        String name = name(spark);
        if (name.startsWith("DECIMAL(")) {
            return name.endsWith(",0)") ? ColumnType.INTEGER : ColumnType.NUMBER;
        }
        if (name.startsWith("VARCHAR(") || name.startsWith("CHAR(") || name.startsWith("STRING ")) {
            return ColumnType.STRING;
        }
        return switch (name) {
            case "BOOLEAN" -> ColumnType.BOOLEAN;
            case "TINYINT", "SMALLINT", "INT", "INTEGER", "BIGINT" -> ColumnType.INTEGER;
            case "FLOAT", "DOUBLE" -> ColumnType.NUMBER;
            case "STRING" -> ColumnType.STRING;
            case "DATE" -> ColumnType.DATE;
            case "TIMESTAMP", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ" -> ColumnType.TIMESTAMP;
            default -> ColumnType.OTHER;
        };
    }

    static boolean isStruct(String spark) {
        return name(spark).startsWith("STRUCT<");
    }

    /** A value in the one form its type has here: numbers as doubles, timestamps in UTC, texts as plain text. */
    static String normal(String value, String spark) {
        String name = name(spark);
        if ((name.startsWith("DECIMAL(") && !name.endsWith(",0)")) || name.equals("FLOAT")) {
            return "CAST(" + value + " AS DOUBLE)";
        }
        if (name.equals("TIMESTAMP_NTZ")) {
            return "CAST(" + value + " AS TIMESTAMP)";
        }
        if (name.startsWith("VARCHAR(") || name.startsWith("CHAR(")) {
            return "CAST(" + value + " AS VARCHAR)";
        }
        return value;
    }

    /** The same of a type that Spark has no name for: what it calls so is what its file says, told by our own reader. */
    static String as(ColumnType wanted, String value, String spark) {
        String name = name(spark);
        if (wanted == ColumnType.TIMESTAMP && name.equals("BIGINT")) {
            return "timestamp_micros(" + value + " DIV 1000)";
        }
        return normal(value, spark);
    }
}
