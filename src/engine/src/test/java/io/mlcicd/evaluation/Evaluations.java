package io.mlcicd.evaluation;

import io.mlcicd.data.DataSource;
import io.mlcicd.operation.Model;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Evaluations of small files, for tests. */
final class Evaluations {

    private Evaluations() {}

    static Result<EvaluationDetails> run(EvaluationRequest request) throws InterruptedException {
        return new EvaluateModel().run(request, Progress.NONE);
    }

    static DataSource csv(Path folder, String name, String content) throws IOException {
        return DataSource.of("predictions", Files.writeString(folder.resolve(name), content));
    }

    static EvaluationRequest request(Task task, DataSource data, Roles roles) {
        return EvaluationRequest.of(
                new Model("m", Optional.of(task)), new EvaluationRequest.Judged.Predictions(task, data), roles);
    }

    /** Roles from pairs of role and column: label, prediction, score, query, weight, id, positive. */
    static Roles roles(String... pairs) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            named.put(pairs[i], pairs[i + 1]);
        }
        return new Roles(
                Optional.ofNullable(named.get("label")),
                Optional.ofNullable(named.get("prediction")),
                Optional.ofNullable(named.get("score")),
                Map.of(),
                Optional.ofNullable(named.get("positive")),
                Map.of(),
                Map.of(),
                Optional.ofNullable(named.get("query")),
                Optional.ofNullable(named.get("weight")),
                Optional.ofNullable(named.get("id")),
                OptionalInt.empty());
    }

    static Roles with(Roles roles, Map<String, String> scores) {
        return new Roles(
                roles.label(),
                roles.prediction(),
                roles.score(),
                scores,
                roles.positive(),
                roles.labels(),
                roles.quantiles(),
                roles.query(),
                roles.weight(),
                roles.id(),
                roles.horizon());
    }
}
