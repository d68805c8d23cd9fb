package io.mlcicd.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlcicd.config.Project;
import io.mlcicd.deployment.BatchDetails;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch is published only if its output keeps the data contract that the project names. */
class BatchContractTest {

    @TempDir
    Path folder;

    @Test
    void whatBreaksTheContractIsNotPublished() throws Exception {
        write("out.csv", "score\n0.1\n");
        write("scored.csv", "score\n0.5\n1.5\n");

        Result<BatchDetails> result = batch();

        assertThat(result.passed()).isFalse();
        assertThat(result.details().published()).isFalse();
        assertThat(result.details().reason().orElseThrow()).contains("score");
        assertThat(folder.resolve("out.csv")).hasContent("score\n0.1");
    }

    @Test
    void whatKeepsItIs() throws Exception {
        write("scored.csv", "score\n0.5\n1\n");

        assertThat(batch().details().published()).isTrue();
        assertThat(folder.resolve("out.csv")).hasContent("score\n0.5\n1");
    }

    private Result<BatchDetails> batch() throws IOException, InterruptedException {
        write("output.yml", "contract: scores\ncolumns: { score: { type: number, min: 0, max: 1 } }\n");
        write("mlcicd.yml", """
                model: { name: small, task: binary }
                deploy:
                  target: batch
                  batch: { command: [cp, scored.csv, "${output}"], output: out.csv, check: { contract: output.yml } }
                """);
        return new Stages(Project.load(folder, List.of()), Progress.NONE, System::getenv).batch();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
