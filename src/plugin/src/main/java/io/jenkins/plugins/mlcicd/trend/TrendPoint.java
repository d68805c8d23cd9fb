package io.jenkins.plugins.mlcicd.trend;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ColumnSummary;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import io.jenkins.plugins.mlcicd.result.StageSummary;
import io.jenkins.plugins.mlcicd.retrain.RetrainCause;
import io.mlcicd.gate.Verdict;
import io.mlcicd.operation.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One build in a trend. */
@ExportedBean(defaultVisibility = 3)
public final class TrendPoint {

    private final int number;
    private final String displayName;
    private final String verdict;
    private final Map<String, Double> metrics = new TreeMap<>();
    private final Map<String, Double> lower = new TreeMap<>();
    private final Map<String, Double> upper = new TreeMap<>();

    private final Map<String, ColumnSummary> columns = new LinkedHashMap<>();
    private final int comparedColumns;
    private final String retraining;
    private final boolean deployed;

    TrendPoint(Run<?, ?> run, ModelBuildAction action) {
        this.number = run.getNumber();
        this.displayName = run.getDisplayName();
        this.verdict = action.getVerdict();
        action.getResults().forEach(result -> {
            metrics.putAll(result.getMetrics());
            lower.putAll(result.getLower());
            upper.putAll(result.getUpper());
            result.getColumns().forEach(column -> columns.put(column.getName(), column));
        });
        this.comparedColumns = action.getResults().stream()
                .mapToInt(StageSummary::getComparedColumns)
                .max()
                .orElse(0);
        RetrainCause cause = run.getCause(RetrainCause.class);
        this.retraining = cause == null ? null : cause.getShortDescription();
        this.deployed = action.newest(Stage.DEPLOY)
                .filter(deployment -> deployment.getVerdict().equals(Verdict.PASSED.name()))
                .isPresent();
    }

    /** What drift checks said of columns, by name. */
    Map<String, ColumnSummary> columns() {
        return columns;
    }

    /** How many columns drift checks compared, at least. */
    int comparedColumns() {
        return Math.max(comparedColumns, columns.size());
    }

    Map<String, Double> metrics() {
        return metrics;
    }

    Map<String, Double> lower() {
        return lower;
    }

    Map<String, Double> upper() {
        return upper;
    }

    @Exported
    public int getNumber() {
        return number;
    }

    @Exported
    public String getDisplayName() {
        return displayName;
    }

    @Exported
    public String getVerdict() {
        return verdict;
    }

    /** Why a retraining started the build; null when it did not. */
    @CheckForNull
    @Exported
    public String getRetraining() {
        return retraining;
    }

    /** Whether the build deployed a new model, and all was well. */
    @Exported
    public boolean isDeployed() {
        return deployed;
    }
}
