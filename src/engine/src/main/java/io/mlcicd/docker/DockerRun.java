package io.mlcicd.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A container to be started.
 *
 * @param image name or id of the image, which the daemon has or can pull
 * @param name the container's name
 * @param labels its labels, by which it is found again
 * @param environment variables; may be secrets, so they are handed over unseen
 * @param entrypoint program instead of the image's; empty to keep that
 * @param arguments what comes after the entry point, instead of the image's; empty to keep those
 * @param network how it is reached
 * @param options further options of {@code docker create}, such as {@code --memory=2g}
 */
public record DockerRun(
        String image,
        String name,
        Map<String, String> labels,
        Map<String, String> environment,
        List<String> entrypoint,
        List<String> arguments,
        ContainerNetwork network,
        List<String> options) {

    public DockerRun {
        labels = Map.copyOf(labels);
        environment = Map.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
    }

    /** Variables may be secrets. */
    @Override
    public String toString() {
        return "DockerRun[image=" + image + ", name=" + name + ", labels=" + labels + ", network=" + network + "]";
    }

    /** Arguments of {@code docker create}; the variables come by other ways. */
    List<String> createArguments(List<String> environmentOptions) {
        List<String> all = new ArrayList<>(List.of("create", "--name", name));
        labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> all.addAll(List.of("--label", label.getKey() + "=" + label.getValue())));
        all.addAll(network.options());
        all.addAll(environmentOptions);
        all.addAll(options);
        if (!entrypoint.isEmpty()) {
            all.addAll(List.of("--entrypoint", entrypoint.get(0)));
        }
        all.add(image);
        if (!entrypoint.isEmpty()) {
            all.addAll(entrypoint.subList(1, entrypoint.size()));
        }
        all.addAll(arguments);
        return all;
    }
}
