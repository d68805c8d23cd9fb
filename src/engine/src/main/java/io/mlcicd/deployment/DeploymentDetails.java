package io.mlcicd.deployment;

import io.mlcicd.deployment.strategy.StageReport;
import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.serving.ServeReport.ServeAnswer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a deployment adds to its result document. Documents of versions before strategies lack what that brought.
 *
 * @param name the deployment's name
 * @param target the kind of target, such as {@code process}
 * @param environment the environment; empty without environments
 * @param release the release's id: the first digits of its content's digest
 * @param previous the release that had the traffic before
 * @param url where clients reach the service
 * @param serving the release that has the traffic now; empty when none has
 * @param pid the process that has the traffic now; empty when none has
 * @param switched whether this run gave the traffic to this release; not when it had the traffic before, too
 * @param rolledBack whether it was given up
 * @param reason what went wrong
 * @param healthSeconds how long it took to become ready, or to be given up
 * @param smoke what became of each smoke request
 * @param log the release's log, relative to the state folder
 * @param steps what was done, in order
 * @param strategy how it got the traffic
 * @param stages what the strategy's stages saw, in order
 * @param approvedBy who approved it; empty when nobody was asked
 * @param promotedFrom the environment whose release was moved on
 * @param recovered what a run before had left half done, and what was done about it
 */
public record DeploymentDetails(
        String name,
        String target,
        Optional<String> environment,
        String release,
        Optional<String> previous,
        String url,
        Optional<String> serving,
        OptionalLong pid,
        boolean switched,
        boolean rolledBack,
        Optional<String> reason,
        double healthSeconds,
        List<ServeAnswer> smoke,
        String log,
        List<Step> steps,
        String strategy,
        List<StageReport> stages,
        Optional<String> approvedBy,
        Optional<String> promotedFrom,
        Optional<String> recovered) {

    public DeploymentDetails {
        smoke = List.copyOf(smoke);
        steps = List.copyOf(steps);
        stages = stages == null ? List.of() : List.copyOf(stages);
        strategy = strategy == null ? Strategy.Kind.ALL_AT_ONCE.key() : strategy;
    }

    /** Whether the traffic goes to this release now. */
    public boolean serves() {
        return serving.filter(release::equals).isPresent();
    }

    /**
     * One step of the deployment.
     *
     * @param what what was done, in the present participle
     * @param seconds how long it took
     */
    public record Step(String what, double seconds) {}
}
