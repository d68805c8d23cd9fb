package io.mlcicd.deployment.local;

import io.mlcicd.deployment.supervisor.Fields;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.operation.InvalidInputException;

/** How a supervisor is to run a release. */
interface Runner {

    /** The word for it in {@code deploy.target}. */
    String kind();

    /**
     * Two releases with one fingerprint run the same content in the same way, with the same variables. It is made of
     * secrets too, so it goes into no file.
     */
    String fingerprint(NewRelease release);

    /**
     * The order to start it.
     *
     * @throws InvalidInputException when it cannot be run
     */
    Fields order(NewRelease release) throws InterruptedException;

    /** What is run, in a line for people that holds no secret. */
    String describe(NewRelease release);

    /** Removes what a killed supervisor left; none of it serves any more. */
    boolean removeLeftovers() throws InterruptedException;
}
