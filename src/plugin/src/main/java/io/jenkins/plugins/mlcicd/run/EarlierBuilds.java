package io.jenkins.plugins.mlcicd.run;

import hudson.model.Run;
import io.mlcicd.operation.Model;
import io.mlcicd.pipeline.EarlierRuns;
import java.io.Serializable;

/**
 * What a stage is told of the job's earlier builds.
 *
 * @param profiles of data that were accepted; for validation and, of more builds, for drift
 * @param champions for evaluation and, without their predictions, for drift
 * @param drift only for drift
 */
record EarlierBuilds(AcceptedProfiles profiles, BuildChampions champions, EarlierDrift drift) implements Serializable {

    static EarlierBuilds of(StageTask task, Run<?, ?> run) {
        return switch (task.stage()) {
            case VALIDATE -> new EarlierBuilds(AcceptedProfiles.until(run), BuildChampions.NONE, EarlierDrift.NONE);
            case EVALUATE -> new EarlierBuilds(AcceptedProfiles.NONE, BuildChampions.before(run), EarlierDrift.NONE);
            case DRIFT ->
                new EarlierBuilds(
                        AcceptedProfiles.history(run), BuildChampions.evaluationsBefore(run), EarlierDrift.until(run));
            default -> new EarlierBuilds(AcceptedProfiles.NONE, BuildChampions.NONE, EarlierDrift.NONE);
        };
    }

    /** What they tell a drift check of that model. */
    EarlierRuns runs(Model model) {
        return new EarlierRuns(profiles.of(model), drift.of(model), champions.document(model));
    }
}
