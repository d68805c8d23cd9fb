package io.mlcicd.deployment.sagemaker;

import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.deployment.target.TargetSettings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How a model is run on a SageMaker endpoint.
 *
 * @param region such as {@code eu-central-1}
 * @param role ARN of the role that the containers run by
 * @param instanceType such as {@code ml.m5.large}
 * @param instances of each variant, at least 1
 * @param endpoint the endpoint's name; made from the deployment's when empty
 * @param endpointUrl takes the place of the addresses of all of AWS's services, as for a VPC endpoint
 * @param tags more tags of all that is made
 */
public record SageMakerSettings(
        String region,
        String role,
        String instanceType,
        int instances,
        Optional<String> endpoint,
        Optional<URI> endpointUrl,
        Map<String, String> tags)
        implements TargetSettings {

    /** The word for it in {@code deploy.target}. */
    public static final String KIND = "sagemaker";

    public SageMakerSettings {
        tags = Map.copyOf(tags);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Target open(DeploymentHome home) {
        return new SageMakerTarget(this, SageMakerNames.of(endpoint.orElse(home.name()), home.name()), System::getenv);
    }
}
