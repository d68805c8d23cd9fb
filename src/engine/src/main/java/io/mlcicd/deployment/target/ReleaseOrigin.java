package io.mlcicd.deployment.target;

import io.mlcicd.document.AtomicFiles;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.LineageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the content of a release came from, as it was known when it was released first anywhere. It stays the same when
 * the release is moved on, though the workspace may hold something else by then.
 *
 * @param commit the code that made it
 * @param data the data that made it, digests by name
 */
public record ReleaseOrigin(Optional<String> commit, Map<String, Digest> data) {

    /** Nothing is known. */
    public static final ReleaseOrigin UNKNOWN = new ReleaseOrigin(Optional.empty(), Map.of());

    public ReleaseOrigin {
        data = Map.copyOf(data);
    }

    /** Keeps what is known, unless something is kept already or nothing is known. */
    public static void keep(DeploymentHome home, String release, LineageRecord known) {
        Map<String, Digest> data = new TreeMap<>();
        for (Artifact artifact : known.data()) {
            data.put(artifact.name(), artifact.digest());
        }
        ReleaseOrigin origin = new ReleaseOrigin(known.commit().map(commit -> commit.sha()), data);
        Path file = file(home, release);
        if (!origin.equals(UNKNOWN) && !Files.exists(file)) {
            AtomicFiles.write(file, Json.write(origin));
        }
    }

    /** What is kept of a release. */
    public static ReleaseOrigin of(DeploymentHome home, String release) {
        Path file = file(home, release);
        return Files.exists(file) ? Json.mapper().convertValue(Json.read(file), ReleaseOrigin.class) : UNKNOWN;
    }

    private static Path file(DeploymentHome home, String release) {
        return home.stateDir().resolve("origins").resolve(release + ".json");
    }
}
