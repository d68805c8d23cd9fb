package io.mlcicd.spark;

import io.mlcicd.data.ClusterSettings;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataEngines;
import io.mlcicd.operation.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spark on this machine with two threads and few partitions, for tests of what it answers. */
final class LocalSpark {

    private LocalSpark() {}

    static ClusterSettings settings() {
        return new ClusterSettings(
                Optional.of(SparkHome.folder().toString()),
                Optional.of("local[2]"),
                Map.of("spark.sql.shuffle.partitions", "2", "spark.ui.enabled", "false"),
                List.of());
    }

    /** Engines, each with a driver of its own. */
    static DataEngines engines() {
        return (sources, progress) -> new Spark().open(settings(), sources, progress);
    }

    static DataEngine open(List<? extends io.mlcicd.data.DataSource> sources) throws InterruptedException {
        return new Spark().open(settings(), sources, Progress.NONE);
    }
}
