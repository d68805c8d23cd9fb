package io.mlcicd.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlcicd.data.ClusterSettings;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import io.mlcicd.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Spark is found, started and ended. */
class SparkSubmitTest {

    @TempDir
    private Path folder;

    private Path program(String script) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Path program = Files.writeString(folder.resolve("bin/spark-submit"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private ClusterSettings settings(String... options) {
        return new ClusterSettings(Optional.of(folder.toString()), Optional.of("local[1]"), Map.of(), List.of(options));
    }

    @Test
    void anOldSparkIsRefusedByItsVersion() throws Exception {
        program("echo 'version 3.4.1' >&2");
        assertThatThrownBy(() -> SparkSubmit.find(settings()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is Spark 3.4.1, which is too old; install 3.5 or newer");
    }

    @Test
    void theVersionStandsInTheNameOfSparksLibrary() throws Exception {
        program("echo 'nobody shall ask me' >&2; exit 1");
        Files.createDirectories(folder.resolve("jars"));
        Files.createFile(folder.resolve("jars/spark-core_2.12-3.5.1-amzn-0.jar"));
        ClusterSettings here = settings().in(Map.of("SPARK_HOME", folder.toString())::get);
        assertThat(SparkSubmit.find(here).version()).isEqualTo("3.5.1-amzn-0");
    }

    @Test
    void noSparkIsAMessageThatSaysWhereItWasLookedFor() {
        ClusterSettings nowhere = new ClusterSettings(Optional.empty(), Optional.empty(), Map.of(), List.of())
                .in(Map.of(
                        "PATH",
                        folder.toString(),
                        "SPARK_HOME",
                        folder.resolve("spark").toString())::get);
        assertThat(SparkSubmit.exists(nowhere)).isFalse();
        assertThatThrownBy(() -> SparkSubmit.find(nowhere))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("neither in SPARK_HOME")
                .hasMessageContaining("install Spark 3.5 or newer");
    }

    @Test
    void sparkHomeGoesBeforeThePath() throws Exception {
        program("echo 'version 4.2.0'");
        ClusterSettings found = new ClusterSettings(Optional.empty(), Optional.empty(), Map.of(), List.of())
                .in(Map.of("PATH", "/usr/bin:/bin", "SPARK_HOME", folder.toString())::get);
        assertThat(SparkSubmit.find(found).version()).isEqualTo("4.2.0");
    }

    @Test
    void aDriverOnAnotherMachineCouldNotBeTalkedTo() throws Exception {
        program("echo 'version 4.2.0'");
        SparkSubmit submit = SparkSubmit.find(settings());
        for (List<String> options : List.of(List.of("--deploy-mode", "cluster"), List.of("--deploy-mode=cluster"))) {
            ClusterSettings settings = settings(options.toArray(String[]::new));
            assertThatThrownBy(() -> submit.command(settings, folder, folder))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("deploy mode 'cluster'");
        }
        assertThat(submit.command(settings("--deploy-mode", "client", "--queue", "ml"), folder, folder))
                .containsSequence("--master", "local[1]")
                .containsSequence("--deploy-mode", "client", "--queue", "ml", "--class", DriverJar.MAIN_CLASS);
    }

    @Test
    void secretsAreNotOnTheCommandLine() throws Exception {
        Path told = folder.resolve("told.txt");
        program("case \"$1\" in --version) echo 'version 4.2.0' ;; *) echo \"$@\" > " + told
                + "; echo 'ERROR no cluster' >&2; exit 1 ;; esac");
        ClusterSettings settings = new ClusterSettings(
                Optional.of(folder.toString()),
                Optional.empty(),
                Map.of("spark.hadoop.fs.s3a.secret.key", "hush", "spark.executor.memory", "1g"),
                List.of());
        assertThatThrownBy(() -> new Spark().open(settings, List.of(), Progress.NONE))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessage("Spark did not start: ERROR no cluster");
        assertThat(Files.readString(told)).contains("spark.executor.memory=1g").doesNotContain("hush");
    }

    @Test
    void aSparkThatSaysNothingIsToldSo() throws Exception {
        program("[ \"$1\" = --version ] && echo 'version 4.2.0'; exit 1");
        assertThatThrownBy(() -> new Spark().open(settings(), List.of(), Progress.NONE))
                .isInstanceOf(OutsideSystemException.class)
                .hasMessage("Spark did not start: spark-submit ended without a word");
    }

    @Test
    void whoIsInterruptedLeavesNoSparkRunning() throws Exception {
        Path data = folder.resolve("numbers.csv");
        Files.writeString(data, "n\n" + "1\n2\n3\n".repeat(1000));
        DataSource source = DataSource.of("numbers", data);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch asked = new CountDownLatch(1);
        Thread asking = new Thread(() -> {
            try (DataEngine engine = LocalSpark.open(List.of(source))) {
                String table = engine.open(source).sql();
                asked.countDown();
                // A product of so many rows takes hours.
                engine.query("SELECT sum(a.n * b.n * c.n) AS s FROM %1$s AS a, %1$s AS b, %1$s AS c".formatted(table));
            } catch (Exception e) {
                thrown.set(e);
                asked.countDown();
            }
        });
        asking.start();
        assertThat(asked.await(3, TimeUnit.MINUTES)).isTrue();
        Thread.sleep(500);
        asking.interrupt();
        asking.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(asking.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}
