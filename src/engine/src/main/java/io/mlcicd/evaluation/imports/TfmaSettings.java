package io.mlcicd.evaluation.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.evaluation.imports.TfmaMetric.Meaning;
import io.mlcicd.evaluation.imports.TfmaNames.Kind;
import io.mlcicd.evaluation.imports.TfmaNames.Means;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the settings of a metric's class make of the metric. */
final class TfmaSettings {

    /** Settings that say how a metric is called or computed there, not what it measures. */
    private static final Set<String> HARMLESS = Set.of(
            "name",
            "dtype",
            "num_thresholds",
            "summation_method",
            "axis",
            "sparse_y_pred",
            "gain_key",
            "example_weighted",
            "num_labels");

    private static final Set<String> AVERAGES = Set.of("micro", "macro", "weighted");

    private final Kind kind;
    private Means means;
    private String base;
    private String average;
    private final List<Meaning> cutoffs = new ArrayList<>();

    /** A metric without settings; the average is blank when there is none. */
    TfmaSettings(Kind kind, String average) {
        this.kind = kind;
        this.means = kind.means();
        this.base = kind.ours();
        this.average = average;
    }

    /** Takes a setting in; false when the metric that it asks for is not computed here. */
    boolean take(String key, JsonNode value) {
        return switch (key) {
            case "curve" -> curve(value.asText());
            case "threshold", "thresholds" -> isHalf(value);
            case "beta" -> beta(value);
            case "average" -> average(value.asText());
            case "k" -> best(value);
            case "top_k_list" -> cutoffs(value);
            case "from_logits", "multi_label" -> !value.asBoolean();
            case "label_smoothing" -> value.asDouble() == 0;
            default -> HARMLESS.contains(key);
        };
    }

    private boolean curve(String name) {
        if (name.equalsIgnoreCase("PR")) {
            base = "prAuc";
            means = Means.PR_CURVE;
            return true;
        }
        return name.equalsIgnoreCase("ROC");
    }

    private static boolean isHalf(JsonNode value) {
        JsonNode number = value.isArray() && value.size() == 1 ? value.get(0) : value;
        return number.isNumber() && number.doubleValue() == 0.5;
    }

    private boolean beta(JsonNode value) {
        if (!value.isNumber()) {
            return false;
        }
        base = "f" + value.decimalValue().stripTrailingZeros().toPlainString();
        return kind.ours().equals("f1");
    }

    private boolean average(String name) {
        average = name;
        return means == Means.OF_CLASSES && AVERAGES.contains(name);
    }

    private boolean best(JsonNode value) {
        base = "top" + value.asText() + "Accuracy";
        return kind.ours().startsWith("top") && value.isIntegralNumber();
    }

    private boolean cutoffs(JsonNode list) {
        list.forEach(k -> cutoffs.add(new Meaning("ndcg@" + k.asText(), 1)));
        return kind.ours().equals("ndcg");
    }

    /** The metrics that they are here; none when it is not computed with this average. */
    List<Meaning> metrics(boolean multiclass) {
        if (!cutoffs.isEmpty()) {
            return cutoffs;
        }
        Optional<String> ours = means.of(base, average, multiclass);
        return ours.map(name -> List.of(new Meaning(name, kind.unit()))).orElse(List.of());
    }
}
