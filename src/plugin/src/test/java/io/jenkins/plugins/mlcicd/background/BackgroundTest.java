package io.jenkins.plugins.mlcicd.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A stop of Jenkins and what runs behind its back. */
@WithJenkins
class BackgroundTest {

    @Test
    void aStopWaitsForWhatRunsAndNothingBeginsAfterIt(JenkinsRule jenkins) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Background.soon(() -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                return;
            }
            ended.set(true);
        });
        begun.await();
        AtomicBoolean second = new AtomicBoolean();
        Background.now(() -> second.set(true));
        assertThat(second).as("several may run at once").isTrue();

        Thread stop = new Thread(() -> {
            try {
                Background.end();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stop.start();
        stop.join(200);
        assertThat(stop.isAlive()).isTrue();
        goOn.countDown();
        stop.join();

        assertThat(ended).isTrue();
        AtomicBoolean late = new AtomicBoolean();
        Background.now(() -> late.set(true));
        assertThat(late).isFalse();
    }
}
