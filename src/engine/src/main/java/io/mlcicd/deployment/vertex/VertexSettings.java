package io.mlcicd.deployment.vertex;

import io.mlcicd.cloud.GoogleToken;
import io.mlcicd.cloud.VertexApi;
import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.deployment.target.TargetSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a model is run on a Vertex AI endpoint.
 *
 * @param project the Google Cloud project
 * @param region such as {@code europe-west4}
 * @param machineType such as {@code n1-standard-2}
 * @param minReplicas at least 1
 * @param maxReplicas at least {@code minReplicas}
 * @param accelerator what each replica has beside its processors
 * @param serviceAccount that the containers run by; the project's own when empty
 * @param port the container's port
 * @param predictRoute path in the container that answers predictions
 * @param endpointUrl takes the place of the service's address
 */
public record VertexSettings(
        String project,
        String region,
        String machineType,
        int minReplicas,
        int maxReplicas,
        Optional<Accelerator> accelerator,
        Optional<String> serviceAccount,
        int port,
        String predictRoute,
        Optional<URI> endpointUrl)
        implements TargetSettings {

    /** The word for it in {@code deploy.target}. */
    public static final String KIND = "vertex";

    /** The port of a container when nothing else is set. */
    public static final int DEFAULT_PORT = 8080;

    private static final Duration LOOK = Duration.ofSeconds(5);

    /**
     * An accelerator.
     *
     * @param type such as {@code NVIDIA_TESLA_T4}
     * @param count of them in each replica
     */
    public record Accelerator(String type, int count) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Target open(DeploymentHome home) {
        return new VertexTarget(
                this,
                VertexLabels.name(home.name()),
                new VertexApi(project, region, endpointUrl, "deploy.vertex", new GoogleToken(), LOOK));
    }
}
