package io.jenkins.plugins.mlcicd.trend;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.mlcicd.Messages;
import io.jenkins.plugins.mlcicd.history.BuildEntry;
import io.jenkins.plugins.mlcicd.history.JobHistory;
import io.jenkins.plugins.mlcicd.overview.ModelBadge;
import io.jenkins.plugins.mlcicd.result.ColumnSummary;
import io.jenkins.plugins.mlcicd.result.ModelBuildAction;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/**
 * A job's models over its builds: who serves now, the trends, every version, the drift of columns; as a page, as a box on
 * the job's own page, and over REST. Failed builds are in it, too.
 */
@ExportedBean
public final class ModelTrendAction implements Action {

    /** How many builds trends go back. */
    static final int SHOWN = 1000;

    /** How many builds the map of drift has columns for; each of them has to be loaded. */
    private static final int MAPPED = 50;

    private final Job<?, ?> job;
    private JobHistory history;

    ModelTrendAction(Job<?, ?> job) {
        this.job = job;
    }

    private synchronized JobHistory history() {
        if (history == null) {
            history = JobHistory.of(job);
        }
        return history;
    }

    /** The builds with results, oldest first, at most {@value #SHOWN}. */
    @Exported(visibility = 2)
    public List<TrendPoint> getBuilds() {
        return newest(SHOWN).stream().map(TrendPoint::new).toList();
    }

    private List<BuildEntry> newest(int most) {
        List<BuildEntry> builds = history().builds();
        return builds.subList(Math.max(0, builds.size() - most), builds.size());
    }

    @Exported(visibility = 2)
    public List<TrendChart> getCharts() {
        return TrendChart.of(getBuilds());
    }

    /** The drift of columns over the newest builds. */
    @Exported(visibility = 2)
    public DriftMap getDriftMap() {
        return DriftMap.of(newest(MAPPED).stream().map(this::withColumns).toList());
    }

    private TrendPoint withColumns(BuildEntry entry) {
        Map<String, ColumnSummary> columns = new LinkedHashMap<>();
        if (entry.comparedColumns() > 0) {
            Run<?, ?> run = job.getBuildByNumber(entry.number());
            ModelBuildAction action = run == null ? null : run.getAction(ModelBuildAction.class);
            if (action != null) {
                action.getResults()
                        .forEach(
                                result -> result.getColumns().forEach(column -> columns.put(column.getName(), column)));
            }
        }
        return new TrendPoint(entry, columns);
    }

    /** What serves where now, as far as this job's builds know. */
    @Exported(visibility = 2)
    public List<ServedPeriod> getServing() {
        return Versions.of(history().builds()).serving();
    }

    /** Every model that these builds made, the newest first. */
    @Exported(visibility = 2)
    public List<Version> getVersions() {
        return Versions.of(history().builds()).all();
    }

    /** The part of the versions that a request asks for. */
    public VersionPage getVersionPage() {
        return VersionPage.of(Versions.of(history().builds()));
    }

    /** How many builds are still to be read, which goes on behind the page's back. */
    @Exported(visibility = 2)
    public int getUnread() {
        return history().unread();
    }

    /** Serves what charts are drawn from, in few bytes. */
    public void doSeries(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        TrendSeries.of(request, this::newest).write(response.getOutputStream());
    }

    /** Whether there is more than one build to see a trend in. */
    public boolean isWorthShowing() {
        return newest(2).size() > 1;
    }

    /** The badge of the job's model, for whoever may read the job. */
    @GET
    @WebMethod(name = "badge.svg")
    public HttpResponse doBadge(@CheckForNull @QueryParameter String model) {
        return ModelBadge.answer(job, Optional.ofNullable(Util.fixEmptyAndTrim(model)));
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
