package io.mlcicd.drift;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlcicd.data.ColumnType;
import io.mlcicd.drift.multivariate.EmbeddingFindings;
import io.mlcicd.drift.multivariate.MultivariateFindings;
import io.mlcicd.drift.performance.PerformanceFindings;
import io.mlcicd.drift.service.ServiceFindings;
import io.mlcicd.drift.text.TextFindings;
import io.mlcicd.retrain.RetrainAdvice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a drift check adds to its result document.
 *
 * @param reference what was compared with
 * @param current what was compared
 * @param tests when a column counted as drifted
 * @param columns every compared column: drifted ones first, then by how far beyond the threshold they are, times their
 *     weight
 * @param missing columns that only one side has
 * @param notCompared columns that both sides have and that were left out, with the reason
 * @param together what became of all columns together, where that was asked for
 * @param texts what became of columns of free text, likewise
 * @param embeddings what became of embeddings, likewise
 * @param performance how well the model does over time, likewise
 * @param service how well the service does, likewise
 * @param notes what could not be looked at, and why
 * @param retrain whether a new model is called for, and why
 */
public record DriftDetails(
        ComparedData reference,
        ComparedData current,
        ColumnTests tests,
        List<ColumnDrift> columns,
        List<MissingColumn> missing,
        List<UncomparedColumn> notCompared,
        Optional<MultivariateFindings> together,
        Optional<TextFindings> texts,
        Optional<EmbeddingFindings> embeddings,
        Optional<PerformanceFindings> performance,
        Optional<ServiceFindings> service,
        List<String> notes,
        RetrainAdvice retrain) {

    public DriftDetails {
        columns = List.copyOf(columns);
        missing = List.copyOf(missing);
        notCompared = List.copyOf(notCompared);
        // Documents of the first version have none.
        notes = notes == null ? List.of() : List.copyOf(notes);
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
     * @param rows number of rows, of a window those in it
     * @param window which rows of the data, unless all
     * @param merged of several profiles that stand in for their data together, which those are
     */
    public record ComparedData(
            String name,
            String path,
            boolean profile,
            long rows,
            Optional<ComparedWindow> window,
            Optional<MergedProfiles> merged) {

        /** All rows of one data set. */
        public ComparedData(String name, String path, boolean profile, long rows) {
            this(name, path, profile, rows, Optional.empty(), Optional.empty());
        }
    }

    /** A column that one side lacks. */
    public record MissingColumn(String name, ColumnType type, SideName missingFrom) {}

    /** A column that was left out, and why. */
    public record UncomparedColumn(String name, ColumnType type, String reason) {}
}
