package io.mlcicd.benchmarks;

import io.mlcicd.data.DataSource;
import io.mlcicd.drift.CheckDrift;
import io.mlcicd.drift.ColumnTests;
import io.mlcicd.drift.DriftDetails;
import io.mlcicd.drift.DriftRequest;
import io.mlcicd.drift.DriftSide;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All drift measures of 10 columns against DuckDB's {@code SUMMARIZE} of both files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class DriftBenchmark {

    @Param("1000000")
    public int rows;

    private Path reference;
    private Path current;

    @Setup
    public void generate() {
        reference = GeneratedData.drifting(rows, 0);
        current = GeneratedData.drifting(rows, 0.2);
    }

    @Benchmark
    public Result<DriftDetails> engine() throws InterruptedException {
        return new CheckDrift()
                .run(
                        new DriftRequest(
                                Optional.empty(),
                                side("reference", reference),
                                side("current", current),
                                List.of(),
                                List.of(),
                                ColumnTests.DEFAULT,
                                List.of(),
                                LineageRecord.EMPTY),
                        Progress.NONE);
    }

    private static DriftSide side(String name, Path file) {
        return new DriftSide.Raw(DataSource.of(name, file));
    }

    @Benchmark
    public long peer() throws SQLException {
        return DuckDb.summarize(reference) + DuckDb.summarize(current);
    }
}
