package io.mlcicd.benchmarks.process;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tool behind a runner of ours that takes the data, the list of checks and the file for the answer.
 *
 * @param name what the table calls it
 * @param runner how the runner is started
 * @param options what the runner takes after the three files
 * @param missing why it cannot be run here
 */
record RunnerTool(String name, List<String> runner, List<String> options, Optional<String> missing) implements Tool {

    /**
     * A tool on pandas.
     *
     * @param python the interpreter and what comes before its arguments
     * @param module what is imported to see whether the tool is there
     * @param property the property that names the interpreter
     */
    static RunnerTool python(
            String name, List<String> python, Path script, String module, String property, String csvEngine)
            throws IOException, InterruptedException {
        return new RunnerTool(
                name,
                concat(python, script.toString()),
                List.of(csvEngine),
                imports(python, module)
                        ? Optional.empty()
                        : Optional.of("'%s' cannot import %s and pandas; name a Python that can: -D%s=..."
                                .formatted(String.join(" ", python), module, property)));
    }

    /** Deequ on local Spark. */
    static RunnerTool deequ(Path jar) {
        return new RunnerTool(
                "Deequ",
                List.of("java", "-jar", jar.toString()),
                List.of(),
                Files.exists(jar)
                        ? Optional.empty()
                        : Optional.of("not built; run mvn -q package -Pdeequ -pl src/benchmarks/deequ"));
    }

    private static boolean imports(List<String> python, String module) throws IOException, InterruptedException {
        Path log = Files.createTempFile("import", ".log");
        try {
            List<String> command = concat(python, "-c", "import pandas, " + module);
            return MeasuredProcess.run(command, log.toAbsolutePath().getParent(), Map.of(), log)
                            .exitCode()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } finally {
            Files.delete(log);
        }
    }

    @Override
    public List<String> command(Path data, Checks checks, Path answer) {
        List<String> files = concat(runner, data.toString(), checks.list().toString(), answer.toString());
        return concat(files, options.toArray(String[]::new));
    }

    @Override
    public boolean finished(int exitCode) {
        return exitCode == 0;
    }

    @Override
    public Answer read(Path answer, List<EqualCheck> checks) throws IOException {
        JsonNode document = Json.mapper().readTree(answer.toFile());
        return new Answer(
                document.get("version").asText(),
                Json.mapper().convertValue(document.get("verdicts"), new TypeReference<Map<String, Boolean>>() {}));
    }

    private static List<String> concat(List<String> first, String... rest) {
        return Stream.concat(first.stream(), Stream.of(rest)).toList();
    }
}
