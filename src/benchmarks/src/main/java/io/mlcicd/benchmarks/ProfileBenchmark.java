package io.mlcicd.benchmarks;

import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileDetails;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
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

/** A profile of 20 mixed columns against DuckDB's {@code SUMMARIZE} of the same file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class ProfileBenchmark {

    @Param({"csv", "parquet"})
    public String format;

    @Param("2000000")
    public int rows;

    private Path file;

    @Setup
    public void generate() {
        file = GeneratedData.mixed(format, rows);
    }

    @Benchmark
    public Result<ProfileDetails> engine() throws InterruptedException {
        return new ProfileData().run(new ProfileRequest(List.of(DataSource.of("data", file))), Progress.NONE);
    }

    @Benchmark
    public long peer() throws SQLException {
        return DuckDb.summarize(file);
    }
}
