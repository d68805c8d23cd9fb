package io.mlcicd.spark.driver;

import java.io.UncheckedIOException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Tells how far Spark is with a stage that takes its time, and which workers it lost. */
final class JobListener extends SparkListener {

    private static final long NANOS_BETWEEN = 2_000_000_000L;

    private final Teller teller;
    private int stage = -1;
    private int tasks;
    private int done;
    private long told = System.nanoTime();

    JobListener(Teller teller) {
        this.teller = teller;
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
        stage = event.stageInfo().stageId();
        tasks = event.stageInfo().numTasks();
        done = 0;
        told = System.nanoTime();
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
        if (event.stageId() == stage && event.taskInfo().successful()) {
            done++;
            tell();
        }
    }

    @Override
    public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        try {
            teller.line("Spark lost executor " + event.executorId() + ": "
                    + event.reason().lines().findFirst().orElse("no reason given"));
        } catch (UncheckedIOException gone) {
            // Nobody listens any more; the reader of the socket notices, too.
        }
    }

    private void tell() {
        long now = System.nanoTime();
        if (now - told < NANOS_BETWEEN) {
            return;
        }
        told = now;
        try {
            teller.progress("Spark stage %d: %d of %d tasks".formatted(stage, Math.min(done, tasks), tasks));
        } catch (UncheckedIOException gone) {
            // As above.
        }
    }
}
