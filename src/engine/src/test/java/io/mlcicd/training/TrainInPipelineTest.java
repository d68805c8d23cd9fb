package io.mlcicd.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.operation.OutsideSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Waits for runs, and stops those that nobody waits for any more. */
class TrainInPipelineTest extends PlayedPipeline {

    @Test
    void aRunThatTakesTooLongIsStopped() {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Executing"))
                .on("ListPipelineExecutionSteps", steps())
                .on("StopPipelineExecution", "{}");

        assertThatThrownBy(() -> sageMaker(Optional.empty(), Duration.ofMillis(20)))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("it took longer than");
        assertThat(service.times("StopPipelineExecution")).isEqualTo(1);
    }

    @Test
    void anInterruptionStopsTheRemoteRun() throws Exception {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Executing"))
                .on("ListPipelineExecutionSteps", steps())
                .on("StopPipelineExecution", "{}");
        List<Throwable> ends = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                sageMaker(Optional.empty(), Duration.ofMinutes(1));
            } catch (InterruptedException | RuntimeException e) {
                ends.add(e);
            }
        });
        thread.start();
        while (service.times("DescribePipelineExecution") < 2) {
            Thread.sleep(5);
        }

        thread.interrupt();
        thread.join(10_000);

        assertThat(ends).hasSize(1).first().isInstanceOf(InterruptedException.class);
        assertThat(service.times("StopPipelineExecution")).isEqualTo(1);
        assertThat(service.body("StopPipelineExecution")).contains(ARN);
        assertThat(folder.resolve("build/metrics.json")).doesNotExist();
    }

    @Test
    void anInterruptionWhileTheRunIsBeingStartedStopsItAsWell() throws Exception {
        startsSageMaker().slow("StartPipelineExecution", 500).on("StopPipelineExecution", "{}");
        List<Throwable> ends = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                sageMaker(Optional.empty(), Duration.ofMinutes(1));
            } catch (InterruptedException | RuntimeException e) {
                ends.add(e);
            }
        });
        thread.start();
        while (service.times("StartPipelineExecution") == 0) {
            Thread.sleep(5);
        }

        thread.interrupt();
        thread.join(10_000);

        assertThat(ends).hasSize(1).first().isInstanceOf(InterruptedException.class);
        assertThat(service.body("StopPipelineExecution")).contains(ARN);
    }

    @Test
    void aServiceThatIsGoneForAWhileDoesNotEndTheRun() throws Exception {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Executing"), "!500 {}", "!500 {}", execution("Failed"))
                .on("ListPipelineExecutionSteps", steps())
                .on("StopPipelineExecution", "{}");

        assertThatThrownBy(() -> sageMaker(Optional.empty(), Duration.ofMinutes(1)))
                .hasMessageContaining("the SageMaker pipeline churn failed");
        assertThat(lines.stream().filter(line -> line.startsWith("cannot see how far the SageMaker pipeline churn is")))
                .hasSize(2);
        assertThat(service.times("StopPipelineExecution")).isZero();
    }

    @Test
    void aServiceThatStaysAwayEndsIt() {
        startsSageMaker()
                .on("DescribePipelineExecution", execution("Executing"), "!500 {}")
                .on("ListPipelineExecutionSteps", steps())
                .on("StopPipelineExecution", "{}");

        assertThatThrownBy(() -> sageMaker(Optional.empty(), Duration.ofMinutes(1)))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessageContaining("AWS refused DescribePipelineExecution");
        assertThat(service.times("StopPipelineExecution")).isEqualTo(1);
    }
}
