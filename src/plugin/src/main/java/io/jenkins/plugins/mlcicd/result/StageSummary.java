package io.jenkins.plugins.mlcicd.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Result;
import io.mlcicd.operation.Stage;
import io.mlcicd.report.Headline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The little of a result document that is kept in the build itself, so that lists and trends need not open files. */
@ExportedBean(defaultVisibility = 2)
public final class StageSummary {

    private final String file;
    private final String stage;
    private final String verdict;
    private final String headline;
    private final double seconds;
    private final TreeMap<String, Double> metrics;
    private final TreeMap<String, Double> lower;
    private final TreeMap<String, Double> upper;
    private final ArrayList<String> retrainReasons;
    private final ArrayList<ColumnSummary> columns;
    private final int comparedColumns;

    /** Null in builds of earlier versions. */
    private final GatePlaces gatePlaces;

    StageSummary(String file, Result<JsonNode> result, GatePlaces places) {
        this.gatePlaces = places;
        this.file = file;
        this.stage = result.stage().key();
        this.verdict = result.verdict().name();
        this.headline = Headline.of(result);
        this.seconds = result.seconds();
        this.metrics = new TreeMap<>(result.metrics());
        this.metrics.keySet().removeIf(metric -> !MainMetrics.any(metric));
        this.lower = limits(result, "lower");
        this.upper = limits(result, "upper");
        this.retrainReasons = new ArrayList<>();
        JsonNode retrain = result.details().path("retrain");
        if (result.stage() == Stage.DRIFT && retrain.path("recommended").asBoolean()) {
            retrain.path("reasons").forEach(reason -> retrainReasons.add(reason.asText()));
        }
        boolean compared = result.stage() == Stage.DRIFT;
        this.columns = compared ? new ArrayList<>(ColumnSummary.of(result.details())) : null;
        this.comparedColumns = compared ? result.details().path("columns").size() : 0;
    }

    private TreeMap<String, Double> limits(Result<JsonNode> result, String limit) {
        TreeMap<String, Double> limits = new TreeMap<>();
        JsonNode intervals = result.details().path("intervals");
        for (String metric : metrics.keySet()) {
            JsonNode value = intervals.path(metric).path(limit);
            if (value.isNumber()) {
                limits.put(metric, value.asDouble());
            }
        }
        return limits;
    }

    /** The document's file name, which is also the last part of its URL. */
    @Exported
    public String getFile() {
        return file;
    }

    @Exported
    public String getStage() {
        return stage;
    }

    @Exported
    public String getVerdict() {
        return verdict;
    }

    /** One line on what came out. */
    @Exported
    public String getHeadline() {
        return headline;
    }

    /** How long it took. */
    @Exported
    public double getSeconds() {
        return seconds;
    }

    /** The metrics that are followed over builds; the document has all of them. */
    @Exported
    public Map<String, Double> getMetrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** The lower limits of those metrics' confidence intervals, where there are any. */
    @Exported
    public Map<String, Double> getLower() {
        return lower == null ? Map.of() : Collections.unmodifiableMap(lower);
    }

    /** The upper limits of those metrics' confidence intervals, where there are any. */
    @Exported
    public Map<String, Double> getUpper() {
        return upper == null ? Map.of() : Collections.unmodifiableMap(upper);
    }

    /** Why a drift check asks for a new model; empty when it does not. */
    @Exported
    public List<String> getRetrainReasons() {
        return Collections.unmodifiableList(retrainReasons);
    }

    /** What a drift check said of the columns that matter most; empty of other stages and of builds of the first version. */
    @Exported
    public List<ColumnSummary> getColumns() {
        return columns == null ? List.of() : Collections.unmodifiableList(columns);
    }

    /** How many columns a drift check compared, those that are not kept here among them. */
    @Exported
    public int getComparedColumns() {
        return comparedColumns;
    }

    /** Where its failed gates stand. */
    public GatePlaces places() {
        return gatePlaces == null ? GatePlaces.NONE : gatePlaces;
    }

    /** The symbol that Jenkins shows for a build with this verdict. */
    public String getIcon() {
        return icon(Verdict.valueOf(verdict));
    }

    /** The symbol that Jenkins shows for a verdict. */
    public static String icon(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "symbol-status-blue";
            case UNSTABLE -> "symbol-status-yellow";
            case FAILED -> "symbol-status-red";
        };
    }
}
