package io.mlcicd.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code mlcicd} command. Besides the checks it makes a profile, digests of the file, and a result document.
 *
 * @param launcher the script that starts it
 */
record Mlcicd(Path launcher) implements Tool {

    @Override
    public String name() {
        return "ml-cicd";
    }

    @Override
    public Optional<String> missing() {
        return Files.isExecutable(launcher) ? Optional.empty() : Optional.of("no command at " + launcher);
    }

    @Override
    public List<String> command(Path data, Checks checks, Path answer) {
        return validate(data, checks.contract(), answer);
    }

    List<String> validate(Path data, Path contract, Path answer) {
        return List.of(
                launcher.toString(),
                "validate",
                "--data",
                data.toString(),
                "--contract",
                contract.toString(),
                "--name",
                EqualCheck.DATA,
                "--json",
                answer.toString());
    }

    List<String> profile(Path data, Path answer) {
        return List.of(launcher.toString(), "profile", data.toString(), "--json", answer.toString());
    }

    /** Its exit code is 1 when checks have failed. */
    @Override
    public boolean finished(int exitCode) {
        return exitCode == 0 || exitCode == 1;
    }

    /** A check with two bounds is two gates of one metric, and is kept when both are. */
    @Override
    public Answer read(Path answer, List<EqualCheck> checks) throws IOException {
        JsonNode document = Json.mapper().readTree(answer.toFile());
        Map<String, Boolean> gates = new LinkedHashMap<>();
        for (JsonNode gate : document.get("gates")) {
            boolean passed = gate.get("outcome").asText().equals("PASSED");
            gates.merge(gate.get("metric").asText(), passed, Boolean::logicalAnd);
        }
        Map<String, Boolean> verdicts = new LinkedHashMap<>();
        for (EqualCheck check : checks) {
            if (gates.containsKey(check.metric())) {
                verdicts.put(check.id(), gates.get(check.metric()));
            }
        }
        return new Answer(document.get("tool").get("version").asText(), verdicts);
    }
}
