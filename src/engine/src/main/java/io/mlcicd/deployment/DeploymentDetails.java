package io.mlcicd.deployment;

import java.util.List;
import java.util.Optional;

/**
 * What a deployment adds to its result document.
 *
 * @param name the deployment's name
 * @param target {@code process}
 * @param release the release's id: the first digits of its content's digest
 * @param previous the release that had the traffic before
 * @param url where clients reach the service
 * @param serving the release that has the traffic now; empty when none has
 * @param switched whether this release got the traffic
 * @param rolledBack whether it was given up
 * @param reason why it was given up
 * @param healthSeconds how long it took to become ready, or to be given up
 * @param smoke what became of each smoke request
 * @param log the release's log, relative to the state folder
 */
public record DeploymentDetails(
        String name,
        String target,
        String release,
        Optional<String> previous,
        String url,
        Optional<String> serving,
        boolean switched,
        boolean rolledBack,
        Optional<String> reason,
        double healthSeconds,
        List<SmokeResult> smoke,
        String log) {

    public DeploymentDetails {
        smoke = List.copyOf(smoke);
    }

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
