package io.mlcicd.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.ResultDocuments;

/** Documents of evaluations as they are written, with all that one can hold. */
final class EvaluationDocuments {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private EvaluationDocuments() {}

    /** A document of this task with these metrics, gates and details. */
    static Result<JsonNode> of(String task, String verdict, String metrics, String gates, String details) {
        return parse("""
                { "schemaVersion": "1.0", "stage": "evaluate", "tool": { "name": "ml-cicd", "version": "1" },
                  "model": { "name": "weather", "task": "%s" }, "verdict": "%s", "started": "2026-11-25T16:00:00Z",
                  "seconds": 1.5, "inputs": [ { "name": "predictions", "path": "p.csv", "digest": "%s", "bytes": 2500 } ],
                  "metrics": %s, "gates": %s,
                  "lineage": { "data": [ { "name": "train", "path": "t.csv", "digest": "%s", "bytes": 99 } ],
                    "commit": { "sha": "0123456789abcdef", "branch": "main", "dirty": true } },
                  "details": %s }
                """.formatted(task, verdict, DIGEST, metrics, gates, DIGEST, details));
    }

    static Result<JsonNode> parse(String json) {
        try {
            return ResultDocuments.of(Json.mapper().readTree(json), "the document", JsonNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A binary model with a champion, slices and tests, two of whose gates failed. */
    static Result<JsonNode> binary() {
        return of("binary", "FAILED", """
                { "rows": 1500, "accuracy": 0.8452, "rocAuc": 0.91, "brier": 0.13, "f1": 0.8, "positiveShare": 0.5,
                  "fairness.sex.demographicParityDifference": 0.12, "behaviour.typos": 0.96 }
                """, """
                [ { "metric": "accuracy", "comparison": "MIN", "threshold": 0.75, "criticality": "FAILURE",
                    "bound": "lower95", "actual": 0.8, "outcome": "PASSED", "message": "accuracy is sure enough" },
                  { "metric": "f1", "comparison": "MIN_CHANGE", "threshold": -0.02, "criticality": "FAILURE",
                    "actual": 0.8, "champion": 0.85, "outcome": "FAILED", "message": "f1 has fallen" },
                  { "metric": "behaviour.typos", "comparison": "MIN", "threshold": 1, "criticality": "UNSTABLE",
                    "actual": 0.96, "outcome": "FAILED", "message": "behaviour.typos is 0.9600, must be at least 1" } ]
                """, """
                { "task": "binary", "rows": 1500, "confidence": 0.95, "positive": "rain",
                  "intervals": {
                    "accuracy": { "lower": 0.8, "upper": 0.889, "method": "wilson" },
                    "rocAuc": { "lower": 0.895, "upper": 0.925, "method": "delong" },
                    "fairness.sex.demographicParityDifference": { "lower": 0.1, "upper": 0.14, "method": "bootstrap" } },
                  "confusion": { "classes": ["dry", "rain"], "counts": [[700, 50], [60.5, 690]] },
                  "slices": [
                    { "column": "season", "value": "winter", "rows": 480, "gated": true,
                      "metrics": { "rows": 480, "accuracy": 0.79, "rocAuc": 0.8 },
                      "intervals": { "accuracy": { "lower": 0.75, "upper": 0.82, "method": "wilson" } } },
                    { "column": "season", "value": "summer", "rows": 12, "gated": false, "metrics": { "accuracy": 1 } } ],
                  "plots": [ { "kind": "roc", "points": [ { "x": 0, "y": 0 }, { "x": 0.25, "y": 0.75 }, { "x": 1, "y": 1 } ] },
                    { "kind": "precisionRecall", "points": [ { "x": 0, "y": 1 }, { "x": 1, "y": 0.5 } ] },
                    { "kind": "gain", "points": [ { "x": 0, "y": 0 }, { "x": 1, "y": 1 } ] } ],
                  "calibration": [ { "rows": 700, "meanScore": 0.1, "positiveShare": 0.12 },
                    { "rows": 800, "meanScore": 0.8, "positiveShare": 0.77 } ],
                  "thresholds": [
                    { "threshold": 0.5, "why": "in use", "precision": 0.81, "recall": 0.82, "f1": 0.8, "specificity": 0.83,
                      "positiveShare": 0.5, "cost": 0.4 },
                    { "threshold": 0.25, "precision": 0.63, "recall": 0.97, "f1": 0.76, "specificity": 0.47,
                      "positiveShare": 0.741, "cost": 0.34 } ],
                  "worstSlices": [ { "conditions": ["season = winter", "wind 6.2 or more"],
                    "sentence": "Where season = winter and wind is 6.2 or more, 39.1 % are wrong, elsewhere 18.2 %.",
                    "rows": 64, "metric": "errorRate", "value": 0.391, "rest": 0.182, "pValue": 0.0003, "effect": 0.47 } ],
                  "fairness": [ { "column": "sex", "groups": [
                      { "value": "f", "rows": 720, "selectionRate": 0.44, "truePositiveRate": 0.78, "falsePositiveRate": 0.1 },
                      { "value": "m", "rows": 780, "selectionRate": 0.56, "truePositiveRate": 0.85 } ],
                    "measures": { "demographicParityDifference": 0.12 }, "sentence": "The groups are 12 points apart." } ],
                  "behaviour": [ { "name": "typos", "kind": "invariance", "rows": 100, "passed": 96,
                    "examples": ["row 3: 'rian' got sun, 'rain' rain"] } ],
                  "tests": [ { "name": "pytest", "tests": 42, "failed": 1, "errors": 0, "skipped": 2, "seconds": 3.2,
                    "failures": ["test_shapes: (3, 4) is not (3, 5)"] } ],
                  "champion": { "document": "champion.json", "evaluated": "2026-11-20T08:00:00Z", "paired": true,
                    "metrics": { "accuracy": 0.83, "rocAuc": 0.876, "brier": 0.12, "f1": 0.85, "positiveShare": 0.4 },
                    "changes": {
                      "accuracy": { "change": 0.0152, "lower": -0.01, "upper": 0.04, "pValue": 0.24, "method": "bootstrap",
                        "better": true },
                      "rocAuc": { "change": 0.034, "lower": 0.014, "upper": 0.054, "pValue": 0.0001, "method": "delong",
                        "better": true },
                      "f1": { "change": -0.05, "lower": -0.07, "upper": -0.03, "pValue": 0.0001, "method": "bootstrap",
                        "better": false } },
                    "tests": [ { "name": "McNemar", "statistic": 4.12, "pValue": 0.042,
                      "sentence": "The model is right in 61 rows where the champion is wrong." } ] },
                  "notes": ["liftTop10 needs ten rows"] }
                """);
    }

    /** A multiclass model with curves of its classes. */
    static Result<JsonNode> multiclass() {
        return of("multiclass", "PASSED", """
                { "rows": 10, "accuracy": 0.7, "f1.macro": 0.6, "f1.fog": 0.5, "f1.sun": 0.7, "f1.rain": 0.6 }
                """, "[]", """
                { "task": "multiclass", "rows": 10, "confidence": 0.9,
                  "intervals": { "f1.fog": { "lower": 0.35, "upper": 0.65, "method": "bootstrap" } },
                  "confusion": { "classes": ["fog", "rain", "sun"], "counts": [[1, 2, 0], [0, 3, 1], [0, 0, 3]] },
                  "classes": [ { "name": "fog", "support": 3, "precision": 1, "recall": 0.3333, "f1": 0.5, "specificity": 1 },
                    { "name": "rain", "support": 4, "precision": 0.6, "recall": 0.75, "f1": 0.6667 },
                    { "name": "sun", "support": 3, "precision": 0.75, "recall": 1, "f1": 0.8571 } ],
                  "plots": [ { "kind": "roc", "about": "fog", "points": [ { "x": 0, "y": 0 }, { "x": 1, "y": 1 } ] } ] }
                """);
    }

    /** As versions wrote it that knew no intervals. */
    static Result<JsonNode> early() {
        return of("binary", "PASSED", """
                { "rows": 4, "accuracy": 0.75, "rocAuc": 0.75 }
                """, "[]", """
                { "task": "binary", "rows": 4, "positive": "1",
                  "confusion": { "classes": ["0", "1"], "counts": [[2, 0], [1, 1]] }, "classes": [],
                  "slices": [ { "column": "where", "value": "n", "rows": 2, "gated": true, "metrics": { "accuracy": 1 } } ],
                  "curves": { "roc": [ { "x": 0, "y": 0 }, { "x": 1, "y": 1 } ],
                    "precisionRecall": [ { "x": 0, "y": 1 }, { "x": 1, "y": 0.5 } ],
                    "calibration": [ { "rows": 4, "meanScore": 0.5, "positiveShare": 0.5 } ] },
                  "residuals": [], "champion": { "document": "c.json", "evaluated": "2026-11-20T08:00:00Z",
                    "metrics": { "accuracy": 0.5, "rocAuc": 0.75 } },
                  "notes": [] }
                """);
    }

    /** Every text that comes from data or from people is this one. */
    static Result<JsonNode> hostile(String text) {
        String quoted = Json.write(text).strip();
        return of(
                "binary",
                "FAILED",
                "{ \"rows\": 40, \"accuracy\": 0.5, " + quoted + ": 1 }",
                """
                [ { "metric": "accuracy", "comparison": "MIN", "threshold": 0.75, "criticality": "FAILURE", "slice": TEXT,
                    "sliceValue": TEXT, "actual": 0.5, "outcome": "FAILED", "message": TEXT } ]
                """.replace("TEXT", quoted),
                """
                { "task": "binary", "rows": 40, "confidence": 0.95, "positive": TEXT,
                  "intervals": { "accuracy": { "lower": 0.4, "upper": 0.6, "method": TEXT } },
                  "confusion": { "classes": [TEXT, "b", "c"], "counts": [[1, 1, 0], [1, 1, 0], [0, 0, 1]] },
                  "classes": [ { "name": TEXT, "support": 2, "precision": 0, "recall": 0, "f1": 0 } ],
                  "slices": [ { "column": TEXT, "value": TEXT, "rows": 40, "gated": true, "metrics": { TEXT: 0.5 } } ],
                  "plots": [ { "kind": TEXT, "about": TEXT, "points": [ { "x": 0, "y": 0 } ] } ],
                  "thresholds": [ { "threshold": 0.5, "why": TEXT, "precision": 0, "recall": 0, "f1": 0, "specificity": 0,
                    "positiveShare": 0 } ],
                  "worstSlices": [ { "conditions": [TEXT], "sentence": TEXT, "rows": 40, "metric": TEXT, "value": 1, "rest": 0,
                    "pValue": 1, "effect": 0 } ],
                  "fairness": [ { "column": TEXT, "groups": [ { "value": TEXT, "rows": 40, "selectionRate": 1 } ],
                    "measures": { TEXT: 1 }, "sentence": TEXT } ],
                  "behaviour": [ { "name": TEXT, "kind": TEXT, "rows": 2, "passed": 0, "examples": [TEXT] } ],
                  "tests": [ { "name": TEXT, "tests": 1, "failed": 1, "errors": 0, "skipped": 0, "seconds": 0,
                    "failures": [TEXT] } ],
                  "champion": { "document": TEXT, "evaluated": TEXT, "paired": false, "metrics": { "accuracy": 0.4 },
                    "tests": [ { "name": TEXT, "statistic": 1, "pValue": 1, "sentence": TEXT } ] },
                  "notes": [TEXT] }
                """.replace("TEXT", quoted));
    }
}
