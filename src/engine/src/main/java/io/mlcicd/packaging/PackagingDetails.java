package io.mlcicd.packaging;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.ImageRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What packaging alone has to say.
 *
 * @param image the image's name and the digest of its manifest
 * @param base what it was built on, as asked for
 * @param platform {@code os/architecture}
 * @param tarball where the image was written to, as the user named it; empty when it was only pushed
 * @param bytes what a registry stores of it: manifest, configuration and every different layer, compressed
 * @param layers from the bottom up
 * @param pushed the name that will always mean this very image, {@code repository@sha256:...}; empty when it was not
 *     pushed
 * @param model the model in it
 * @param files the other files in it
 * @param labels the labels that ml-cicd gave it
 */
public record PackagingDetails(
        ImageRef image,
        String base,
        String platform,
        Optional<String> tarball,
        long bytes,
        List<ImageLayer> layers,
        Optional<String> pushed,
        Artifact model,
        List<Artifact> files,
        Map<String, String> labels) {}
