package io.mlcicd.data;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A data set that only the engine on a cluster reaches: files by URI, or a table of its catalogue.
 *
 * @param name what it is to the pipeline, such as {@code train}
 * @param location a URI such as {@code s3a://bucket/train/}, or the table's name such as {@code lake.sales.orders}
 * @param format {@code parquet}, {@code orc}, {@code csv}, {@code tsv}, {@code jsonl}, {@code delta}, {@code iceberg} or
 *     another that the cluster has a reader of; empty for a table
 * @param read how text is to be read
 */
public record ClusterSource(String name, String location, Optional<String> format, ReadOptions read)
        implements DataSource {

    private static final Set<String> TEXT = Set.of("csv", "tsv");

    /** Whether it is a table of the cluster's catalogue. */
    public boolean isTable() {
        return format.isEmpty();
    }

    /** A URI's own password, if somebody wrote one, is not shown. */
    @Override
    public String shown() {
        return isTable() ? "table " + location : location.replaceFirst("//[^/@]*@", "//***@");
    }

    @Override
    public boolean saysNothingOfTypes() {
        return format.map(key -> key.toLowerCase(Locale.ROOT))
                .filter(TEXT::contains)
                .isPresent();
    }
}
