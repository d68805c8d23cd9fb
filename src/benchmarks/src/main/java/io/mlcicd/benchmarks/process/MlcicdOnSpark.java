package io.mlcicd.benchmarks.process;

import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code mlcicd} command with Spark as its engine, on all processors of this machine.
 *
 * @param command the command itself
 * @param home the folder that Spark is installed in
 */
record MlcicdOnSpark(Mlcicd command, Optional<Path> home) implements Tool {

    /** Spark where a property or, as everywhere, {@code SPARK_HOME} says. */
    static MlcicdOnSpark found(Mlcicd command) {
        String named = System.getProperty(Settings.SPARK, "");
        return new MlcicdOnSpark(
                command,
                Optional.of(named)
                        .filter(text -> !text.isBlank())
                        .or(() -> Optional.ofNullable(System.getenv("SPARK_HOME")))
                        .map(Path::of));
    }

    @Override
    public String name() {
        return "ml-cicd on Spark";
    }

    @Override
    public Optional<String> missing() {
        return home.map(folder -> folder.resolve("bin").resolve("spark-submit"))
                        .filter(Files::isExecutable)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("no Spark; name the folder it is installed in: -D" + Settings.SPARK + "=...");
    }

    @Override
    public List<String> command(Path data, Checks checks, Path answer) {
        String folder = home.orElseThrow().toAbsolutePath().toString();
        String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
        return Stream.concat(
                        command.command(data, checks, answer).stream(),
                        Stream.of(
                                "--spark",
                                folder,
                                "--master",
                                "local[*]",
                                "--spark-conf",
                                "spark.sql.shuffle.partitions=" + processors,
                                "--spark-conf",
                                "spark.ui.enabled=false"))
                .toList();
    }

    @Override
    public boolean finished(int exitCode) {
        return command.finished(exitCode);
    }

    @Override
    public Answer read(Path answer, List<EqualCheck> checks) throws IOException {
        Map<String, Boolean> verdicts = command.read(answer, checks).verdicts();
        return new Answer(
                Json.mapper().readTree(answer.toFile()).at("/computed/engine").asText(), verdicts);
    }
}
