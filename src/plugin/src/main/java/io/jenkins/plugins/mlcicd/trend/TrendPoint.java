package io.jenkins.plugins.mlcicd.trend;

import hudson.model.Run;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
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

    TrendPoint(Run<?, ?> run, ModelBuildAction action) {
        this.number = run.getNumber();
        this.displayName = run.getDisplayName();
        this.verdict = action.getVerdict();
        action.getResults().forEach(result -> {
            metrics.putAll(result.getMetrics());
            lower.putAll(result.getLower());
            upper.putAll(result.getUpper());
        });
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
}
