package io.mlcicd.deployment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a deployment adds to its result document.
 *
 * @param name the deployment's name
 * @param target {@code process}
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
 */
public record DeploymentDetails(
        String name,
        String target,
        String release,
        Optional<String> previous,
        String url,
        Optional<String> serving,
        OptionalLong pid,
        boolean switched,
        boolean rolledBack,
        Optional<String> reason,
        double healthSeconds,
        List<SmokeResult> smoke,
        String log,
        List<Step> steps) {

    public DeploymentDetails {
        smoke = List.copyOf(smoke);
        steps = List.copyOf(steps);
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

    /**
     * One smoke request.
     *
     * @param name its name in the file
     * @param passed whether the answer was as expected
     * @param status the answer's HTTP status; 0 without an answer
     * @param millis how long the answer took
     * @param message what was expected and what came
     */
    public record SmokeResult(String name, boolean passed, int status, double millis, String message) {}
}
