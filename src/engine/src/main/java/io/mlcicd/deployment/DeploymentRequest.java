package io.mlcicd.deployment;

import io.mlcicd.deployment.strategy.Strategy;
import io.mlcicd.deployment.target.HealthCheck;
import io.mlcicd.deployment.target.TargetSettings;
import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to release as a service.
 *
 * @param model the model
 * @param name the deployment's name: lower-case letters, digits, dots, dashes
 * @param baseDirectory the project's folder
 * @param modelPath the model's file or folder, relative to it
 * @param files what else the service needs: files, folders or globs relative to it
 * @param image the image, for targets that run one
 * @param command starts the service in the release's own folder; {@code ${port}}, {@code ${model}} (the released copy)
 *     and {@code ${release}} (its folder) are filled in; may be empty for an image that knows it
 * @param health how it shows that it is ready
 * @param smoke file with requests it must answer rightly before it gets traffic
 * @param env environment variables of the service; may hold secrets, so they are kept in no file
 * @param target where it serves
 * @param strategy how it gets the traffic
 * @param environment the environment that this is; empty without environments
 * @param origin the environment whose release is moved on; empty when what the project holds is released
 * @param verify whose signature the image must have; empty for any image
 * @param approvalNeeded whether a person must approve it
 * @param by who releases it
 * @param patience how long to wait for another command that is changing the deployment
 * @param stateDir where deployments are kept
 * @param known lineage so far
 * @param gates bounds on {@code health.seconds}, {@code smoke.latency.p95}, {@code live.errors.share} and so on
 */
public record DeploymentRequest(
        Model model,
        String name,
        Path baseDirectory,
        String modelPath,
        List<String> files,
        Optional<ImageContent> image,
        List<String> command,
        HealthCheck health,
        Optional<Path> smoke,
        Map<String, String> env,
        TargetSettings target,
        Strategy strategy,
        Optional<String> environment,
        Optional<Origin> origin,
        Optional<SignatureCheck> verify,
        boolean approvalNeeded,
        String by,
        Duration patience,
        Path stateDir,
        LineageRecord known,
        List<Gate> gates) {

    public static final Duration DEFAULT_WAIT = Duration.ofMinutes(10);

    public DeploymentRequest {
        files = List.copyOf(files);
        command = List.copyOf(command);
        env = Map.copyOf(env);
        gates = List.copyOf(gates);
    }

    /** Names the deployment only, for the variables may be secrets. */
    @Override
    public String toString() {
        return "DeploymentRequest[" + name + " to " + target.kind() + "]";
    }
}
