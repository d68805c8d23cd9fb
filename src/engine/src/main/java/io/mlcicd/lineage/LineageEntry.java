package io.mlcicd.lineage;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A lineage record as a project keeps it.
 *
 * @param schemaVersion version of {@code lineage.schema.json}, {@value #SCHEMA_VERSION} for entries written now
 * @param recordedAt when it was kept
 * @param model the model's name
 * @param record what is known of where the model comes from
 */
public record LineageEntry(String schemaVersion, Instant recordedAt, String model, LineageRecord record) {

    /** The version of the schema that this code writes. */
    public static final String SCHEMA_VERSION = "1.0";

    /**
     * Whether the text is the beginning of the deployment's name, of the commit's id or of any digest, the latter
     * with or without {@code sha256:}.
     */
    public boolean matches(String prefix) {
        String id = prefix.toLowerCase(Locale.ROOT);
        return digests().anyMatch(digest -> startsWith(digest, id))
                || record.commit().filter(commit -> commit.sha().startsWith(id)).isPresent()
                || record.deployment()
                        .filter(deployment -> deployment.name().startsWith(prefix))
                        .isPresent();
    }

    private Stream<Digest> digests() {
        Stream<Artifact> artifacts = Stream.concat(
                record.data().stream(), Stream.concat(record.model().stream(), record.evaluation().stream()));
        return Stream.concat(
                artifacts.map(Artifact::digest), record.image().stream().map(ImageRef::digest));
    }

    private static boolean startsWith(Digest digest, String id) {
        return digest.value().startsWith(id.startsWith("sha256:") ? id : "sha256:" + id);
    }
}
