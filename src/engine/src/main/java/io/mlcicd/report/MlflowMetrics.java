package io.mlcicd.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Metrics as one flat JSON object from name to number, as MLflow's {@code log_metrics} takes it; the limits of confidence
 * intervals stand beside them as {@code <metric>.lower95} and {@code <metric>.upper95}.
 */
public final class MlflowMetrics {

    /** MLflow refuses longer names. */
    private static final int LONGEST = 250;

    private MlflowMetrics() {}

    /** The metrics of a document; of a run, those of its stages. */
    public static String json(Result<JsonNode> document) {
        return json(List.of(document));
    }

    /** The metrics of all documents: an evaluation's under their own names, those of other stages after the stage's. */
    public static String json(List<Result<JsonNode>> documents) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        documents.stream().flatMap(HtmlReport::unfold).forEach(stage -> {
            if (stage.stage() == Stage.EVALUATE) {
                evaluation(Evaluation.of(stage), metrics);
            } else {
                stage.metrics()
                        .forEach((name, value) -> put(metrics, stage.stage().key() + "." + name, value));
            }
        });
        return Json.write(metrics);
    }

    private static void evaluation(Evaluation evaluation, Map<String, Double> metrics) {
        String percent = evaluation.confidence().replace(" %", "");
        evaluation.document().metrics().forEach((name, value) -> {
            put(metrics, name, value);
            evaluation.interval(name).ifPresent(limits -> {
                put(metrics, name + ".lower" + percent, limits.lower());
                put(metrics, name + ".upper" + percent, limits.upper());
            });
        });
    }

    private static void put(Map<String, Double> metrics, String name, double value) {
        if (!Double.isFinite(value)) {
            return; // JSON has no such number, and MLflow would refuse the text that stands for it.
        }
        String legal = legal(name);
        String free = legal;
        for (int i = 2; metrics.containsKey(free); i++) {
            free = shortened(legal, LONGEST - 4) + "_" + i;
        }
        metrics.put(free, value);
    }

    /** Letters, digits and {@code _ - . : /} and spaces, and no path that could be written shorter. */
    static String legal(String name) {
        String plain = name.replace("@", "_at_").replaceAll("[^\\p{L}\\p{N}_\\-. :/]", "_");
        String path = plain.replaceAll("/(?=/|$|\\.\\.?(/|$))", "_").replaceAll("^(/|\\.\\.|\\.(?=/|$))", "_");
        return path.isEmpty() ? "_" : shortened(path, LONGEST);
    }

    private static String shortened(String name, int most) {
        return name.length() <= most ? name : name.substring(0, most);
    }
}
