package io.jenkins.plugins.mlcicd.history;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.ResultDocuments;
import java.nio.charset.StandardCharsets;
import org.jvnet.hudson.test.JenkinsRule;

/** Builds of a job with documents of a model, written by hand. */
public final class ModelBuilds {

    private final JenkinsRule jenkins;
    private final FreeStyleProject job;

    public ModelBuilds(JenkinsRule jenkins, FreeStyleProject job) {
        this.jenkins = jenkins;
        this.job = job;
    }

    public static String digest(String content) {
        return Digests.of(content.getBytes(StandardCharsets.UTF_8)).value();
    }

    private static String sha(String commit) {
        return digest(commit).substring("sha256:".length(), "sha256:".length() + 40);
    }

    /** A build that evaluated a model which a commit of that name and data of that name make. */
    public FreeStyleBuild evaluated(String model, double accuracy, String gates) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        record(build, "evaluate", model, """
                "metrics": {"accuracy": %s, "logLoss": %s}""".formatted(accuracy, 1 - accuracy), gates, "", """
                {"rows": 100, "confidence": 0.95,
                 "intervals": {"accuracy": {"lower": %s, "upper": %s, "method": "wilson"}}}""".formatted(
                        accuracy - 0.02, accuracy + 0.02));
        return build;
    }

    /** The build releases its model to an environment. */
    public void released(FreeStyleBuild build, String model, String environment, String at, String approvedBy)
            throws Exception {
        String approved = approvedBy.isEmpty() ? "" : ", \"approvedBy\": \"" + approvedBy + "\"";
        record(
                build,
                "deploy",
                model,
                "\"metrics\": {}",
                "",
                """
                , "deployment": {"name": "small-%1$s", "target": "process", "release": "r-%2$s",
                  "url": "http://127.0.0.1:1/", "at": "%3$s", "environment": "%1$s"%4$s}""".formatted(environment, model, at, approved),
                """
                {"name": "small-%1$s", "target": "process", "environment": "%1$s", "release": "r-%2$s",
                 "url": "http://127.0.0.1:1/", "serving": "r-%2$s", "switched": true, "rolledBack": false,
                 "healthSeconds": 1, "smoke": [], "log": "log", "steps": [], "strategy": "all-at-once", "stages": []}""".formatted(environment, model));
    }

    private static void record(
            FreeStyleBuild build,
            String stage,
            String model,
            String metrics,
            String gates,
            String lineage,
            String details)
            throws Exception {
        String verdict = gates.contains("FAILED") ? "FAILED" : "PASSED";
        JsonNode document = Json.mapper().readTree("""
                {
                  "schemaVersion": "1.0", "stage": "%s", "tool": {"name": "ml-cicd", "version": "0"},
                  "model": {"name": "small", "task": "binary"}, "verdict": "%s",
                  "started": "2026-11-22T00:00:00Z", "seconds": 1, "inputs": [], %s, "gates": [%s],
                  "lineage": {
                    "data": [{"name": "train", "path": "train.csv", "digest": "%s", "bytes": 10}],
                    "commit": {"sha": "%s", "branch": "main", "dirty": false, "remote": "git@github.com:example/small.git"},
                    "model": {"name": "model", "path": "model", "digest": "%s", "bytes": 3},
                    "image": {"reference": "small:1", "digest": "%s"}%s
                  },
                  "details": %s
                }
                """.formatted(
                        stage,
                        verdict,
                        metrics,
                        gates,
                        digest("data of " + model),
                        sha(model),
                        digest(model),
                        digest("image of " + model),
                        lineage,
                        details));
        ModelBuildAction.record(build, ResultDocuments.of(document, "the test's document", JsonNode.class));
    }

    /** A gate that did not hold. */
    public static String failedGate(double accuracy) {
        return """
                {"metric": "accuracy", "comparison": "MIN", "threshold": 0.9, "criticality": "FAILURE",
                 "actual": %s, "outcome": "FAILED", "message": "accuracy is %s, must be at least <b>0.9</b>"}""".formatted(accuracy, accuracy);
    }
}
