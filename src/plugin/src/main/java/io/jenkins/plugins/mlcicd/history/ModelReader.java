package io.jenkins.plugins.mlcicd.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Stage;
import io.mlcicd.operation.Task;
import io.mlcicd.report.MainMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gathers what a build's documents say of one model. */
final class ModelReader {

    private static final int MAIN = 4;

    private final String model;
    private Optional<String> digest = Optional.empty();
    private Optional<String> commit = Optional.empty();
    private Optional<String> remote = Optional.empty();
    private Optional<String> image = Optional.empty();
    private Optional<String> imageDigest = Optional.empty();
    private Verdict verdict = Verdict.PASSED;
    private Optional<Verdict> evaluated = Optional.empty();
    private Map<String, Double> main = Map.of();
    private final Map<String, DataVersion> data = new LinkedHashMap<>();

    ModelReader(String model) {
        this.model = model;
    }

    void add(JsonNode document) {
        JsonNode lineage = document.path("lineage");
        digest = BuildReader.text(lineage.at("/model/digest")).or(() -> digest);
        commit = BuildReader.text(lineage.at("/commit/sha")).or(() -> commit);
        remote = BuildReader.text(lineage.at("/commit/remote")).or(() -> remote);
        image = BuildReader.text(lineage.at("/image/reference")).or(() -> image);
        imageDigest = BuildReader.text(lineage.at("/image/digest")).or(() -> imageDigest);
        Verdict said = Verdict.valueOf(document.path("verdict").asText());
        verdict = verdict.and(said);
        lineage.path("data").forEach(set -> {
            String name = set.path("name").asText();
            data.put(name, new DataVersion(name, set.path("digest").asText()));
        });
        if (document.path("stage").asText().equals(Stage.EVALUATE.key())) {
            evaluated = Optional.of(said);
            main = main(document);
        }
    }

    private static Map<String, Double> main(JsonNode document) {
        List<String> names = new ArrayList<>();
        document.path("metrics").fieldNames().forEachRemaining(names::add);
        names.remove("rows");
        String task = document.at("/model/task").asText();
        Optional<Task> known =
                Stream.of(Task.values()).filter(each -> each.key().equals(task)).findFirst();
        Map<String, Double> main = new LinkedHashMap<>();
        MainMetrics.of(known, names).stream()
                .limit(MAIN)
                .forEach(name ->
                        main.put(name, document.path("metrics").path(name).asDouble()));
        return main;
    }

    ModelVersion version() {
        return new ModelVersion(
                model,
                digest,
                commit,
                remote,
                image,
                imageDigest,
                verdict,
                evaluated,
                main,
                List.copyOf(data.values()));
    }
}
