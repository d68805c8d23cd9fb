package io.mlcicd.docker;

import java.util.List;
import java.util.Map;

/**
 * An image that the daemon has.
 *
 * @param id {@code sha256:...}: digest of its configuration, or of its manifest where the daemon stores images with
 *     containerd
 * @param tags names it goes by
 * @param repositoryDigests {@code repository@sha256:...} under which registries are known to have it
 * @param labels its labels
 * @param environment {@code NAME=value}
 * @param entrypoint what always runs; may be empty
 * @param command default arguments, or the program itself without an entry point; may be empty
 * @param workingDirectory where it runs
 * @param exposedPorts such as {@code 8080/tcp}
 * @param platform {@code os/architecture}
 * @param bytes size of its files, uncompressed
 */
public record DockerImage(
        String id,
        List<String> tags,
        List<String> repositoryDigests,
        Map<String, String> labels,
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        String workingDirectory,
        List<String> exposedPorts,
        String platform,
        long bytes) {

    public DockerImage {
        tags = List.copyOf(tags);
        repositoryDigests = List.copyOf(repositoryDigests);
        labels = Map.copyOf(labels);
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        exposedPorts = List.copyOf(exposedPorts);
    }
}
