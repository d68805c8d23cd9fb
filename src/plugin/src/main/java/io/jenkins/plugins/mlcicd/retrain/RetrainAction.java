package io.jenkins.plugins.mlcicd.retrain;

import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.mlcicd.Messages;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.retrain.DecisionLog.Entry;
import io.mlcicd.retrain.RetrainState.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** A job's page on its retrainings: what would happen now, what waits for a person, each decision and why. */
@ExportedBean
public final class RetrainAction implements Action {

    /** The last part of the page's URL. */
    public static final String URL_NAME = "ml-cicd-retraining";

    private final Job<?, ?> job;
    private final Retraining retraining;

    RetrainAction(Job<?, ?> job) {
        this.job = job;
        this.retraining = Retraining.of(job);
    }

    /** What would be decided if a scheduled time came now. */
    @Exported(visibility = 2)
    public DecisionView getNow() {
        try {
            return DecisionView.of(retraining.preview(Instant.now()), job);
        } catch (InvalidInputException e) {
            return DecisionView.problem(e.getMessage(), job);
        }
    }

    /** When the schedule is due next; empty when it is not, or there is none. */
    @Exported(visibility = 2)
    public String getNextTime() {
        return retraining
                .trigger()
                .flatMap(RetrainTrigger::nextTime)
                .map(DecisionView::text)
                .orElse("");
    }

    /** What waits for a person's word; empty when nothing does, one otherwise. */
    @Exported(visibility = 2)
    public List<WaitingView> getProposals() {
        return views(retraining.content().state().proposal().stream().toList());
    }

    /** What waits for something that is in its way; empty when nothing does, one otherwise. */
    @Exported(visibility = 2)
    public List<WaitingView> getPending() {
        return views(retraining.content().state().pending().stream().toList());
    }

    private static List<WaitingView> views(List<Waiting> waiting) {
        return waiting.stream().map(WaitingView::new).toList();
    }

    /** The decisions, newest first. */
    @Exported(visibility = 2)
    public List<DecisionView> getDecisions() {
        List<Entry> entries = new ArrayList<>(retraining.content().log().entries());
        Collections.reverse(entries);
        return entries.stream().map(entry -> DecisionView.of(entry, job)).toList();
    }

    /** Whether the current user may answer a proposal. */
    public boolean isAnswerable() {
        return job.hasPermission(Item.BUILD);
    }

    /** Agrees to a proposal. */
    @POST
    public HttpResponse doApprove(@QueryParameter(required = true) String id) {
        job.checkPermission(Item.BUILD);
        String by = Jenkins.getAuthentication2().getName();
        try {
            return retraining.approve(id, by, Instant.now())
                    ? HttpResponses.redirectToDot()
                    : HttpResponses.error(404, Messages.RetrainAction_gone());
        } catch (InvalidInputException e) {
            return HttpResponses.error(409, e.getMessage());
        }
    }

    /** Refuses a proposal. */
    @POST
    public HttpResponse doDecline(@QueryParameter(required = true) String id) {
        job.checkPermission(Item.BUILD);
        String by = Jenkins.getAuthentication2().getName();
        return retraining.decline(id, by, Instant.now())
                ? HttpResponses.redirectToDot()
                : HttpResponses.error(404, Messages.RetrainAction_gone());
    }

    public Api getApi() {
        return new Api(this);
    }

    public Job<?, ?> getJob() {
        return job;
    }

    @Override
    public String getIconFileName() {
        return "symbol-sync-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.RetrainAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }
}
