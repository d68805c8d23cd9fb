package io.mlcicd.benchmarks;

import io.mlcicd.contract.ContractedData;
import io.mlcicd.contract.ValidateData;
import io.mlcicd.contract.ValidationDetails;
import io.mlcicd.contract.ValidationRequest;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.ProfileData;
import io.mlcicd.data.ProfileDetails;
import io.mlcicd.data.ProfileRequest;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A contract of 60 checks over 20 columns against the profile alone, which validation makes too. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class ValidateBenchmark {

    @Param({"csv", "parquet"})
    public String format;

    @Param("2000000")
    public int rows;

    private Path file;
    private Path contract;

    @Setup
    public void prepare() throws IOException {
        file = GeneratedData.mixed(format, rows);
        contract = Files.createTempFile("contract", ".yml");
        Files.writeString(contract, MixedContract.text());
    }

    @TearDown
    public void remove() throws IOException {
        Files.deleteIfExists(contract);
    }

    @Benchmark
    public Result<ValidationDetails> engine() throws InterruptedException {
        DataSource data = DataSource.of("data", file);
        return new ValidateData()
                .run(
                        new ValidationRequest(Optional.empty(), List.of(new ContractedData(data, contract))),
                        Progress.NONE);
    }

    @Benchmark
    public Result<ProfileDetails> peer() throws InterruptedException {
        return new ProfileData().run(new ProfileRequest(List.of(DataSource.of("data", file))), Progress.NONE);
    }
}
