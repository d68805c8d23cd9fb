package io.mlcicd.deployment.sagemaker;

import io.mlcicd.operation.InvalidInputException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Names of a deployment's resources; their form by the SageMaker API reference ({@code [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}}).
 *
 * @param endpoint the endpoint's
 * @param deployment the deployment's name as the user gave it
 */
record SageMakerNames(String endpoint, String deployment) {

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9](-*[a-zA-Z0-9])*");

    /** Leaves room for a release's id and a time in 63 characters. */
    private static final int LONGEST = 38;

    static SageMakerNames of(String wanted, String deployment) {
        String name = wanted.replace('.', '-').replace('_', '-');
        if (!FORM.matcher(name).matches() || name.length() > LONGEST) {
            throw new InvalidInputException(
                    ("'%s' cannot name a SageMaker endpoint: it must hold letters, digits and '-'"
                                    + " only and have at most %d characters; set deploy.sagemaker.endpoint")
                            .formatted(wanted, LONGEST));
        }
        return new SageMakerNames(name, deployment);
    }

    /** A name that nothing else has: resources of one name cannot be changed, only made anew. */
    String fresh(String release) {
        return endpoint + "-" + release + "-" + Long.toString(Instant.now().toEpochMilli(), Character.MAX_RADIX);
    }

    static String variant(String release) {
        return "release-" + release;
    }
}
