package io.jenkins.plugins.mlcicd.run;

import hudson.model.Run;
import java.io.Serializable;

/**
 * What a stage is told of the job's earlier builds.
 *
 * @param profiles of data that were accepted; only for validation
 * @param champions only for evaluation
 */
record EarlierBuilds(AcceptedProfiles profiles, BuildChampions champions) implements Serializable {

    static EarlierBuilds of(StageTask task, Run<?, ?> run) {
        return switch (task.stage()) {
            case VALIDATE -> new EarlierBuilds(AcceptedProfiles.until(run), BuildChampions.NONE);
            case EVALUATE -> new EarlierBuilds(AcceptedProfiles.NONE, BuildChampions.before(run));
            default -> new EarlierBuilds(AcceptedProfiles.NONE, BuildChampions.NONE);
        };
    }
}
