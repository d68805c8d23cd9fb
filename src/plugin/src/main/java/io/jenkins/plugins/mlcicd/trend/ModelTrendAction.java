package io.jenkins.plugins.mlcicd.trend;

import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The trends of a job: of its page, of the box on the job's own page, and over REST. Failed builds are in them, too. */
@ExportedBean
public final class ModelTrendAction implements Action {

    private static final int SHOWN = 50;
    private static final int LOOKED_AT = 200;

    private final Job<?, ?> job;
    private List<TrendPoint> points;

    ModelTrendAction(Job<?, ?> job) {
        this.job = job;
    }

    /** The builds with results, oldest first, at most {@value #SHOWN}. */
    @Exported(visibility = 2)
    public synchronized List<TrendPoint> getBuilds() {
        if (points == null) {
            points = read();
        }
        return points;
    }

    private List<TrendPoint> read() {
        List<TrendPoint> read = new ArrayList<>();
        for (Run<?, ?> run : job.getBuilds().limit(LOOKED_AT)) {
            ModelBuildAction action = run.getAction(ModelBuildAction.class);
            if (action != null) {
                read.add(new TrendPoint(run, action));
            }
            if (read.size() == SHOWN) {
                break;
            }
        }
        Collections.reverse(read);
        return List.copyOf(read);
    }

    @Exported(visibility = 2)
    public List<TrendChart> getCharts() {
        return TrendChart.of(getBuilds());
    }

    /** The drift of columns over those builds. */
    @Exported(visibility = 2)
    public DriftMap getDriftMap() {
        return DriftMap.of(getBuilds());
    }

    /** Whether there is more than one build to see a trend in. */
    public boolean isWorthShowing() {
        return getBuilds().size() > 1;
    }

    public Api getApi() {
        return new Api(this);
    }

    public Job<?, ?> getJob() {
        return job;
    }

    @Override
    public String getIconFileName() {
        return ModelBuildAction.ICON;
    }

    @Override
    public String getDisplayName() {
        return Messages.ModelTrendAction_displayName();
    }

    @Override
    public String getUrlName() {
        return ModelBuildAction.URL_NAME;
    }
}
