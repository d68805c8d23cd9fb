package io.mlcicd.training;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Which pipeline trains the model, and where it runs. */
public sealed interface PipelineSettings {

    /**
     * A pipeline of Amazon SageMaker.
     *
     * @param name the pipeline's name or ARN
     * @param region such as {@code eu-central-1}
     * @param evaluation where its metrics are; those of the model package that it registers when empty
     * @param endpointUrl takes the place of the addresses of all of AWS's services
     */
    record SageMaker(String name, String region, Optional<Evaluation> evaluation, Optional<URI> endpointUrl)
            implements PipelineSettings {}

    /**
     * A file that a processing step writes, as a property file of SageMaker names it.
     *
     * @param step the processing step's name
     * @param output the output's name
     * @param file the file in it
     */
    record Evaluation(String step, String output, String file) {}

    /**
     * A pipeline job of Vertex AI.
     *
     * @param project the Google Cloud project
     * @param region such as {@code europe-west4}
     * @param template address of a compiled pipeline in Artifact Registry; else there is a {@code spec}
     * @param spec compiled pipeline in a file, YAML or JSON
     * @param root folder in Cloud Storage for its artifacts; the pipeline's own when empty
     * @param serviceAccount that it runs by; the project's own when empty
     * @param endpointUrl takes the place of the service's address
     */
    record Vertex(
            String project,
            String region,
            Optional<String> template,
            Optional<Path> spec,
            Optional<String> root,
            Optional<String> serviceAccount,
            Optional<URI> endpointUrl)
            implements PipelineSettings {}

    /**
     * A pipeline of Kubeflow Pipelines 2.
     *
     * @param endpoint address of its API, such as {@code http://ml-pipeline.kubeflow:8888}
     * @param pipeline name of an uploaded pipeline, of which the newest version runs; else there is a {@code spec}
     * @param spec compiled pipeline in a file, YAML or JSON
     * @param experiment name of the experiment; the default one when empty
     * @param namespace where several users share it
     * @param token sent as a bearer token; a secret
     * @param metricsUrl where the run leaves its metrics as JSON, {@code ${run}} being the run's ID
     * @param region of Amazon S3, where {@code metricsUrl} begins with {@code s3:}
     * @param storageUrl address of a storage like S3, such as MinIO
     */
    record Kubeflow(
            URI endpoint,
            Optional<String> pipeline,
            Optional<Path> spec,
            Optional<String> experiment,
            Optional<String> namespace,
            Optional<String> token,
            Optional<String> metricsUrl,
            String region,
            Optional<URI> storageUrl)
            implements PipelineSettings {

        /** Names the pipeline only. */
        @Override
        public String toString() {
            return "Kubeflow[" + endpoint + ", "
                    + pipeline.or(() -> spec.map(Path::toString)).orElse("") + "]";
        }
    }
}
