package io.mlcicd.docker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image to be built from a Dockerfile.
 *
 * @param context the folder that {@code COPY} takes from
 * @param dockerfile the Dockerfile, in that folder or elsewhere
 * @param tags names for the image
 * @param arguments values of the Dockerfile's {@code ARG}s; the image's history shows them, so no secrets
 * @param labels labels for the image
 * @param platform {@code os/architecture}; empty for the daemon's own
 * @param options further options of {@code docker build}, such as {@code --network=host}
 */
public record DockerBuild(
        Path context,
        Path dockerfile,
        List<String> tags,
        Map<String, String> arguments,
        Map<String, String> labels,
        Optional<String> platform,
        List<String> options) {

    public DockerBuild {
        tags = List.copyOf(tags);
        arguments = Map.copyOf(arguments);
        labels = Map.copyOf(labels);
        options = List.copyOf(options);
    }

    List<String> commandLine(Path idFile) {
        List<String> all = new ArrayList<>(List.of("build", "--file", dockerfile.toString()));
        all.addAll(List.of("--iidfile", idFile.toString()));
        tags.forEach(tag -> all.addAll(List.of("--tag", tag)));
        pairs("--build-arg", arguments, all);
        pairs("--label", labels, all);
        platform.ifPresent(given -> all.addAll(List.of("--platform", given)));
        all.addAll(options);
        all.add(context.toString());
        return all;
    }

    private static void pairs(String option, Map<String, String> values, List<String> all) {
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(value -> all.addAll(List.of(option, value.getKey() + "=" + value.getValue())));
    }
}
