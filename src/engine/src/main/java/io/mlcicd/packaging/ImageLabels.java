package io.mlcicd.packaging;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.LineageRecord;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image says about itself: the keys that the OCI image specification names (annotations.md), and ml-cicd's
 * own. All of it follows from the input alone.
 */
final class ImageLabels {

    private ImageLabels() {}

    static Map<String, String> of(
            String modelName, Artifact model, BaseImage base, LineageRecord lineage, Instant created) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("org.opencontainers.image.title", modelName);
        labels.put("org.opencontainers.image.version", model.digest().abbreviated());
        labels.put("org.opencontainers.image.created", created.toString());
        base.reference()
                .ifPresent(name -> labels.put("org.opencontainers.image.base.name", name.toStringWithQualifier()));
        base.digest().ifPresent(digest -> labels.put("org.opencontainers.image.base.digest", digest.value()));
        lineage.commit().ifPresent(commit -> {
            labels.put("org.opencontainers.image.revision", commit.sha());
            commit.remote()
                    .flatMap(SourceUrl::of)
                    .ifPresent(source -> labels.put("org.opencontainers.image.source", source));
        });
        labels.put("io.mlcicd.model.name", modelName);
        labels.put("io.mlcicd.model.digest", model.digest().value());
        labels.put(ImageLineage.LABEL, ImageLineage.label(lineage));
        return labels;
    }

    /** What is said of the manifest, too, where registries show it; the lineage is too long for that. */
    static Map<String, String> annotations(Map<String, String> labels) {
        Map<String, String> annotations = new TreeMap<>(labels);
        annotations.remove(ImageLineage.LABEL);
        return annotations;
    }
}
