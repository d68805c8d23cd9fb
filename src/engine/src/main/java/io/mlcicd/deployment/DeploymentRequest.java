package io.mlcicd.deployment;

import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to release as a service on this host.
 *
 * @param model the model
 * @param name the deployment's name: lower-case letters, digits, dots, dashes
 * @param baseDirectory the project's folder
 * @param modelPath the model's file or folder, relative to it
 * @param files what else the service needs: files, folders or globs relative to it
 * @param command starts the service in the release's own folder; {@code ${port}}, {@code ${model}} (the released copy)
 *     and {@code ${release}} (its folder) are filled in
 * @param host address that clients reach it at
 * @param port port that clients reach it at, 1 to 65535
 * @param health how it shows that it is ready
 * @param smoke file with requests it must answer rightly before it gets traffic
 * @param env environment variables of the service; may hold secrets, so they are kept in no file
 * @param drain how long the old release may finish its requests
 * @param stateDir where deployments are kept
 * @param known lineage so far
 * @param gates bounds on {@code health.seconds}, {@code smoke.latency.p95} and so on
 */
public record DeploymentRequest(
        Model model,
        String name,
        Path baseDirectory,
        String modelPath,
        List<String> files,
        List<String> command,
        String host,
        int port,
        HealthCheck health,
        Optional<Path> smoke,
        Map<String, String> env,
        Duration drain,
        Path stateDir,
        LineageRecord known,
        List<Gate> gates) {

    /** The port when nobody names one: that of TensorFlow Serving's REST API, which many model servers took over. */
    public static final int DEFAULT_PORT = 8501;

    public static final String DEFAULT_HOST = "127.0.0.1";

    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

    public DeploymentRequest {
        files = List.copyOf(files);
        command = List.copyOf(command);
        env = Map.copyOf(env);
        gates = List.copyOf(gates);
    }
}
