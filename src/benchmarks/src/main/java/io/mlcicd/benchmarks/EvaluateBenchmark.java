package io.mlcicd.benchmarks;

import io.mlcicd.data.DataSource;
import io.mlcicd.evaluation.EvaluateModel;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.evaluation.EvaluationRequest;
import io.mlcicd.evaluation.Roles;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Task;
import java.nio.file.Path;
import java.sql.SQLException;
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

/**
 * All metrics and curves of a binary model against a single scan that counts and averages. The areas under the curves
 * need the scores in order, which no scan gives; so the ratio says what order and curves cost on top of reading.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class EvaluateBenchmark {

    @Param({"1000000", "5000000"})
    public int rows;

    private Path file;

    @Setup
    public void generate() {
        file = GeneratedData.predictions(rows);
    }

    @Benchmark
    public Result<EvaluationDetails> engine() throws InterruptedException {
        EvaluationRequest request = EvaluationRequest.of(
                new Model("benchmark", Optional.of(Task.BINARY)),
                new EvaluationRequest.Judged.Predictions(Task.BINARY, DataSource.of("predictions", file)),
                Roles.NONE.withLabel("label").withPrediction("prediction").withScore("score"));
        return new EvaluateModel().run(request, Progress.NONE);
    }

    @Benchmark
    public long peer() throws SQLException {
        try (DuckDb engine = new DuckDb()) {
            return engine.rows("SELECT label, prediction, count(*), avg(score) FROM " + DuckDb.literal(file)
                    + " GROUP BY label, prediction");
        }
    }
}
