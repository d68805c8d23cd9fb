package io.mlcicd.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.training.PipelineRequest;
import io.mlcicd.training.PipelineSettings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys of {@code train.pipeline}. */
record PipelineKeys(
        Optional<SageMaker> sagemaker,
        Optional<Vertex> vertex,
        Optional<Kubeflow> kubeflow,
        Map<String, JsonNode> parameters,
        Optional<String> metrics) {

    private static final String POINTER = "/train/pipeline";

    PipelineKeys {
        parameters = ModelFile.orEmpty(parameters);
    }

    record SageMaker(
            String name,
            String region,
            Optional<PipelineSettings.Evaluation> evaluation,
            Optional<String> endpointUrl) {}

    record Vertex(
            String project,
            String region,
            Optional<String> template,
            Optional<String> spec,
            Optional<String> root,
            Optional<String> serviceAccount,
            Optional<String> endpointUrl) {}

    record Kubeflow(
            String endpoint,
            Optional<String> pipeline,
            Optional<String> spec,
            Optional<String> experiment,
            Optional<String> namespace,
            Optional<String> tokenVariable,
            Optional<String> metricsUrl,
            Optional<String> region,
            Optional<String> storageUrl) {}

    PipelineRequest request(Project project, Optional<HumanDuration> timeout, Function<String, String> environment) {
        return new PipelineRequest(
                settings(project, environment),
                filled(project, environment),
                metrics.map(project::resolve),
                timeout.map(HumanDuration::value).orElse(PipelineRequest.DEFAULT_TIMEOUT));
    }

    private PipelineSettings settings(Project project, Function<String, String> environment) {
        if (sagemaker.isPresent()) {
            SageMaker keys = sagemaker.get();
            return new PipelineSettings.SageMaker(
                    keys.name(),
                    keys.region(),
                    keys.evaluation(),
                    keys.endpointUrl().map(URI::create));
        }
        if (vertex.isPresent()) {
            Vertex keys = vertex.get();
            return new PipelineSettings.Vertex(
                    keys.project(),
                    keys.region(),
                    keys.template(),
                    keys.spec().map(project::resolve),
                    keys.root(),
                    keys.serviceAccount(),
                    keys.endpointUrl().map(URI::create));
        }
        Kubeflow keys = kubeflow.orElseThrow();
        return new PipelineSettings.Kubeflow(
                URI.create(keys.endpoint()),
                keys.pipeline(),
                keys.spec().map(project::resolve),
                keys.experiment(),
                keys.namespace(),
                keys.tokenVariable()
                        .map(name ->
                                Variables.require(project, POINTER + "/kubeflow/tokenVariable", name, environment)),
                keys.metricsUrl(),
                keys.region().orElse("us-east-1"),
                keys.storageUrl().map(URI::create));
    }

    /** Texts may name variables of the environment; numbers and truth values stay what they are. */
    private Map<String, JsonNode> filled(Project project, Function<String, String> environment) {
        Map<String, String> texts = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (value.isTextual()) {
                texts.put(name, value.textValue());
            }
        });
        Map<String, JsonNode> filled = new LinkedHashMap<>(parameters);
        Variables.fill(project, POINTER + "/parameters", texts, environment)
                .forEach((name, value) -> filled.put(name, JsonNodeFactory.instance.textNode(value)));
        return filled;
    }
}
