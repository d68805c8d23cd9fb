package io.mlcicd.deployment.local;

import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.deployment.target.TargetSettings;
import java.util.List;

/**
 * A release as a container on this host, run by the {@code docker} command.
 *
 * @param place where and how clients reach it
 * @param network {@value #BRIDGE}: the container's port is published to a free port of the loopback address; {@value
 *     #HOST}: the container shares the host's network and listens on the port that the variable PORT tells
 * @param port the port that the service listens on in the container, for {@value #BRIDGE}
 * @param options further options of {@code docker run}
 */
public record DockerSettings(LocalSettings place, String network, int port, List<String> options)
        implements TargetSettings {

    public static final String BRIDGE = "bridge";

    public static final String HOST = "host";

    /** The port in the container when nobody names one, that of KServe. */
    public static final int DEFAULT_PORT = 8080;

    public DockerSettings {
        options = List.copyOf(options);
    }

    @Override
    public String kind() {
        return "docker";
    }

    @Override
    public Target open(DeploymentHome home) {
        return new LocalTarget(home, place, new DockerRunner(home, this));
    }
}
