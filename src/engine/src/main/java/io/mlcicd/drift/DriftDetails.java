package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.data.ColumnType;
import java.util.List;
import java.util.Locale;

/**
 * What a drift check adds to its result document.
 *
 * @param reference what was compared with
 * @param current what was compared
 * @param test when a column counted as drifted
 * @param columns every compared column: drifted ones first, then by how far beyond the threshold they are
 * @param missing columns that only one side has
 * @param notCompared columns that both sides have and that were left out, with the reason
 * @param retrain whether the gates call for a new model
 */
public record DriftDetails(
        ComparedData reference,
        ComparedData current,
        ColumnTest test,
        List<ColumnDrift> columns,
        List<MissingColumn> missing,
        List<UncomparedColumn> notCompared,
        RetrainAdvice retrain) {

    public DriftDetails {
        columns = List.copyOf(columns);
        missing = List.copyOf(missing);
        notCompared = List.copyOf(notCompared);
    }

    /** One of the two sides. */
    public enum SideName {
        REFERENCE,
        CURRENT;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static SideName of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A compared data set.
     *
     * @param name what it is to the pipeline
     * @param path the file that was read, as the user named it
     * @param profile whether that file is a stored profile of the data, not the data themselves
     * @param rows number of rows
     */
    public record ComparedData(String name, String path, boolean profile, long rows) {}

    /** A column that one side lacks. */
    public record MissingColumn(String name, ColumnType type, SideName missingFrom) {}

    /** A column that was left out, and why. */
    public record UncomparedColumn(String name, ColumnType type, String reason) {}
}
