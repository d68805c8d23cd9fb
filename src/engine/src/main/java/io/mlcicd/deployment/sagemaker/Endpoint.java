package io.mlcicd.deployment.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.cloud.AwsApi;
import io.mlcicd.deployment.target.NewRelease;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Digests;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One endpoint with its models and configurations; requests and answers by the Amazon SageMaker API reference. */
final class Endpoint {

    private static final int NO_ROOM_FOR_MORE = 100;
    private static final Set<String> CHANGING =
            Set.of("Creating", "Updating", "SystemUpdating", "RollingBack", "Deleting");

    private final SageMakerSettings settings;
    private final SageMakerNames names;
    private final AwsApi api;
    private final Duration look;

    Endpoint(SageMakerSettings settings, SageMakerNames names, AwsApi api, Duration look) {
        this.settings = settings;
        this.names = names;
        this.api = api;
        this.look = look;
    }

    /** The endpoint, which must be this deployment's own if it is there at all. */
    Optional<JsonNode> described() throws InterruptedException {
        Optional<JsonNode> found = api.described("DescribeEndpoint", Map.of("EndpointName", names.endpoint()));
        if (found.isPresent()
                && !Rollout.tag(tags(found.get().path("EndpointArn").asText()), Rollout.DEPLOYMENT)
                        .equals(Optional.of(names.deployment()))) {
            throw new InvalidInputException("the SageMaker endpoint " + names.endpoint()
                    + " is there already and was not made by the deployment '" + names.deployment()
                    + "' of ml-cicd, so it is left alone; set another deploy.sagemaker.endpoint");
        }
        return found;
    }

    Optional<Rollout> rollout() throws InterruptedException {
        Optional<JsonNode> endpoint = described();
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        String config = endpoint.get().path("EndpointConfigName").asText();
        return Optional.of(
                Rollout.of(config, tags(config(config).path("EndpointConfigArn").asText())));
    }

    JsonNode config(String name) throws InterruptedException {
        return api.sageMaker("DescribeEndpointConfig", Map.of("EndpointConfigName", name));
    }

    private JsonNode tags(String arn) throws InterruptedException {
        return api.sageMaker("ListTags", Map.of("ResourceArn", arn, "MaxResults", NO_ROOM_FOR_MORE))
                .path("Tags");
    }

    void tag(String config, Map<String, String> tags) throws InterruptedException {
        api.sageMaker(
                "AddTags",
                Map.of("ResourceArn", config(config).path("EndpointConfigArn").asText(), "Tags", list(tags)));
    }

    String createModel(NewRelease release) throws InterruptedException {
        String name = names.fresh(release.id());
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("Image", image(release));
        container.put("Environment", new TreeMap<>(release.env()));
        api.sageMaker(
                "CreateModel",
                Map.of(
                        "ModelName",
                        name,
                        "ExecutionRoleArn",
                        settings.role(),
                        "PrimaryContainer",
                        container,
                        "Tags",
                        own(Map.of(Rollout.SPEC, spec(release)))));
        return name;
    }

    static String image(NewRelease release) {
        return release.image()
                .filter(image -> image.contains("@sha256:"))
                .orElseThrow(
                        () -> new InvalidInputException("SageMaker pulls the image by its digest, and this release has"
                                + " none; push the image to Amazon ECR first (package.image, package.push: true)"));
    }

    private String spec(NewRelease release) {
        Map<String, String> all = new TreeMap<>();
        all.put("image", image(release));
        all.put("role", settings.role());
        all.put("instanceType", settings.instanceType());
        all.put("instances", Integer.toString(settings.instances()));
        return Digests.of(all.toString().getBytes(StandardCharsets.UTF_8)).abbreviated();
    }

    /** Whether that variant's model is of this very release, with these very settings and variables. */
    boolean same(NewRelease release, String config) throws InterruptedException {
        for (JsonNode variant : config(config).path("ProductionVariants")) {
            if (variant.path("VariantName").asText().equals(SageMakerNames.variant(release.id()))) {
                JsonNode model = api.sageMaker(
                        "DescribeModel",
                        Map.of("ModelName", variant.path("ModelName").asText()));
                JsonNode variables = model.path("PrimaryContainer").path("Environment");
                JsonNode wanted = Json.mapper().valueToTree(release.env());
                return Rollout.tag(tags(model.path("ModelArn").asText()), Rollout.SPEC)
                                .equals(Optional.of(spec(release)))
                        && (variables.equals(wanted) || (variables.isMissingNode() && wanted.isEmpty()));
            }
        }
        return false;
    }

    Map<String, Object> variant(String release, String model, double weight) {
        Map<String, Object> variant = new LinkedHashMap<>();
        variant.put("VariantName", SageMakerNames.variant(release));
        variant.put("ModelName", model);
        variant.put("InstanceType", settings.instanceType());
        variant.put("InitialInstanceCount", settings.instances());
        variant.put("InitialVariantWeight", weight);
        return variant;
    }

    void createConfig(
            String name,
            List<Map<String, Object>> variants,
            List<Map<String, Object>> shadows,
            Map<String, String> tags)
            throws InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("EndpointConfigName", name);
        request.put("ProductionVariants", variants);
        if (!shadows.isEmpty()) {
            request.put("ShadowProductionVariants", shadows);
        }
        request.put("Tags", own(tags));
        api.sageMaker("CreateEndpointConfig", request);
    }

    void create(String config) throws InterruptedException {
        api.sageMaker(
                "CreateEndpoint",
                Map.of("EndpointName", names.endpoint(), "EndpointConfigName", config, "Tags", own(Map.of())));
    }

    void update(String config) throws InterruptedException {
        settled();
        api.sageMaker("UpdateEndpoint", Map.of("EndpointName", names.endpoint(), "EndpointConfigName", config));
    }

    void weights(Map<String, Double> shares) throws InterruptedException {
        settled();
        List<Map<String, Object>> wanted = new ArrayList<>();
        new TreeMap<>(shares)
                .forEach((release, share) ->
                        wanted.add(Map.of("VariantName", SageMakerNames.variant(release), "DesiredWeight", share)));
        api.sageMaker(
                "UpdateEndpointWeightsAndCapacities",
                Map.of("EndpointName", names.endpoint(), "DesiredWeightsAndCapacities", wanted));
        settled();
    }

    /** Waits until SageMaker is done with what it was told; it refuses every change before. */
    JsonNode settled() throws InterruptedException {
        while (true) {
            JsonNode endpoint = described()
                    .orElseThrow(() -> new OutsideSystemException(
                            "the endpoint " + names.endpoint() + " was removed meanwhile; deploy again"));
            String status = endpoint.path("EndpointStatus").asText();
            if (!CHANGING.contains(status)) {
                return endpoint;
            }
            Thread.sleep(Math.max(1, look.toMillis()));
        }
    }

    boolean delete() throws InterruptedException {
        if (described().isEmpty()) {
            return false;
        }
        settled();
        api.sageMaker("DeleteEndpoint", Map.of("EndpointName", names.endpoint()));
        return true;
    }

    /** Removes own configurations and models that the endpoint does not use. */
    void sweep(List<String> usedConfigs) throws InterruptedException {
        List<String> usedModels = new ArrayList<>();
        for (String config : usedConfigs) {
            JsonNode described = config(config);
            described
                    .path("ProductionVariants")
                    .forEach(one -> usedModels.add(one.path("ModelName").asText()));
            described
                    .path("ShadowProductionVariants")
                    .forEach(one -> usedModels.add(one.path("ModelName").asText()));
        }
        remove("EndpointConfig", usedConfigs);
        remove("Model", usedModels);
    }

    private void remove(String kind, List<String> used) throws InterruptedException {
        JsonNode list = api.sageMaker(
                "List" + kind + "s", Map.of("NameContains", names.endpoint() + "-", "MaxResults", NO_ROOM_FOR_MORE));
        for (JsonNode one : list.path(kind + "s")) {
            String name = one.path(kind + "Name").asText();
            boolean ours = name.startsWith(names.endpoint() + "-")
                    && Rollout.tag(tags(one.path(kind + "Arn").asText()), Rollout.DEPLOYMENT)
                            .equals(Optional.of(names.deployment()));
            if (ours && !used.contains(name)) {
                api.sageMaker("Delete" + kind, Map.of(kind + "Name", name));
            }
        }
    }

    private List<Map<String, String>> own(Map<String, String> more) {
        Map<String, String> tags = new TreeMap<>(settings.tags());
        tags.putAll(more);
        tags.put(Rollout.DEPLOYMENT, names.deployment());
        return list(tags);
    }

    private static List<Map<String, String>> list(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
                        .toList();
    }
}
