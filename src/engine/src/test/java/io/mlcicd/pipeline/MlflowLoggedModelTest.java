package io.mlcicd.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlcicd.deployment.artifact.PullModel;
import io.mlcicd.deployment.artifact.PullRequest;
import io.mlcicd.document.Json;
import io.mlcicd.evaluation.EvaluationDetails;
import io.mlcicd.mlflow.MlflowRegistry;
import io.mlcicd.mlflow.MlflowRun;
import io.mlcicd.mlflow.MlflowTracking;
import io.mlcicd.mlflow.ModelUri;
import io.mlcicd.operation.Progress;
import io.mlcicd.operation.Result;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A model that training logged beside its run, as {@code log_model} does since MLflow 3.0. The record is of a server of MLflow
 * 3.3 from source; a new one needs a server of 3.x.
 */
class MlflowLoggedModelTest extends MlflowProject {

    private final HttpClient client = HttpClient.newHttpClient();

    /** As the training code's MLflow does it. */
    private void send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(address + "/api/2.0/" + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        sent = answer.body();
    }

    private String sent = "";

    @Test
    void aModelThatLiesBesideItsRunIsRegisteredFromThere() throws Exception {
        connect("logged-model.jsonl");
        write("data.csv", "a,b\n");
        project(
                "target: artifact\n  artifact: { folder: published }",
                "models:/" + name + "@champion",
                "  alias: champion\n  run: latest\n  artifact: churn-model\n");
        model("first", 0.8);
        stages().train();
        MlflowTracking tracking = new MlflowTracking(server());
        MlflowRun begun = tracking.begin(tracking.experiment(name), "by training", Map.of());
        ObjectNode made = Json.mapper()
                .createObjectNode()
                .put("experiment_id", begun.experiment())
                .put("name", "churn-model")
                .put("source_run_id", begun.id());
        send("POST", "mlflow/logged-models", made.toString());
        String id = Json.mapper().readTree(sent).at("/model/info/model_id").asText();
        send(
                "PUT",
                "mlflow-artifacts/artifacts/" + begun.experiment() + "/models/" + id + "/artifacts/MLmodel",
                "flavor: x\n");
        send(
                "POST",
                "mlflow/runs/outputs",
                "{\"run_id\": \"%s\", \"models\": [{\"model_id\": \"%s\", \"step\": 0}]}".formatted(begun.id(), id));

        Result<EvaluationDetails> judged = stages().evaluate();

        assertThat(judged.lineage().registered().orElseThrow().version()).isEqualTo("1");
        assertThat(new MlflowRegistry(server())
                        .version(ModelUri.of("models:/" + name + "@champion"))
                        .orElseThrow()
                        .source())
                .isEqualTo("mlflow-artifacts:/" + begun.experiment() + "/models/" + id + "/artifacts");
        Path app = folder.resolve("app");
        new PullModel()
                .run(
                        new PullRequest(
                                "models:/" + name + "@champion",
                                Optional.empty(),
                                app,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(server())),
                        Progress.NONE);
        assertThat(app.resolve("MLmodel")).hasContent("flavor: x\n");
        recorded.ifPresent(server -> assertThat(server.problems()).isEqualTo(List.of()));
    }
}
