package io.mlcicd.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@code docker inspect} writes; source: the schemas ImageInspect and ContainerState of the Engine API 1.41. */
final class DockerInspection {

    private DockerInspection() {}

    static DockerImage image(JsonNode image) {
        JsonNode config = image.path("Config");
        return new DockerImage(
                image.path("Id").asText(),
                texts(image.path("RepoTags")),
                texts(image.path("RepoDigests")),
                labels(config.path("Labels")),
                texts(config.path("Env")),
                texts(config.path("Entrypoint")),
                texts(config.path("Cmd")),
                config.path("WorkingDir").asText(""),
                names(config.path("ExposedPorts")),
                image.path("Os").asText() + "/" + image.path("Architecture").asText(),
                image.path("Size").asLong());
    }

    static DockerContainer container(JsonNode container) {
        JsonNode state = container.path("State");
        return new DockerContainer(
                container.path("Id").asText(),
                container.path("Name").asText().replaceFirst("^/", ""),
                container.path("Image").asText(),
                state.path("Status").asText(),
                state.path("ExitCode").asInt(),
                state.path("OOMKilled").asBoolean(),
                Optional.of(state.path("Error").asText("")).filter(text -> !text.isBlank()),
                state.path("StartedAt").asText(),
                container.path("RestartCount").asInt(),
                state.path("Pid").asLong(),
                labels(container.path("Config").path("Labels")),
                ports(container.path("NetworkSettings").path("Ports")));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new HashMap<>();
        object.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    /** Several addresses of the machine may have one port of the container each; the first says enough. */
    private static Map<String, Integer> ports(JsonNode object) {
        Map<String, Integer> ports = new HashMap<>();
        object.properties().forEach(port -> {
            JsonNode first = port.getValue().path(0).path("HostPort");
            if (!first.isMissingNode()) {
                ports.put(port.getKey(), first.asInt());
            }
        });
        return ports;
    }
}
