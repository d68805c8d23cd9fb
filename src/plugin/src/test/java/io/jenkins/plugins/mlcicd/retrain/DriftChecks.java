package io.jenkins.plugins.mlcicd.retrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;
import java.nio.charset.StandardCharsets;

/** Results of drift checks, attached to builds as the step does. */
final class DriftChecks {

    private DriftChecks() {}

    /** A check of these data that asks for a new model for that reason, or for none if it is empty. */
    static void record(Run<?, ?> run, String data, String reason) throws Exception {
        String digest = Digests.of(data.getBytes(StandardCharsets.UTF_8)).value();
        JsonNode document = Json.mapper().readTree("""
                {
                  "schemaVersion": "1.0", "stage": "drift", "tool": {"name": "ml-cicd", "version": "0"},
                  "verdict": "PASSED", "started": "2026-11-22T00:00:00Z", "seconds": 1,
                  "inputs": [{"name": "current", "path": "c.csv", "digest": "%1$s", "bytes": 1}],
                  "metrics": {"drift.share": %2$s}, "gates": [],
                  "lineage": {"data": [{"name": "current", "path": "c.csv", "digest": "%1$s", "bytes": 1}]},
                  "details": {"current": {"name": "current", "path": "c.csv", "rows": 10}}
                }
                """.formatted(digest, reason.isEmpty() ? "0.1" : "0.6"));
        ObjectNode retrain = ((ObjectNode) document.path("details")).putObject("retrain");
        retrain.put("recommended", !reason.isEmpty());
        ArrayNode reasons = retrain.putArray("reasons");
        if (!reason.isEmpty()) {
            reasons.add(reason);
        }
        Result<JsonNode> result = ResultDocuments.of(document, "the test's document", JsonNode.class);
        ModelBuildAction.record(run, result);
    }
}
