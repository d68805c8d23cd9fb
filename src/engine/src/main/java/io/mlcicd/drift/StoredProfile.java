package io.mlcicd.drift;

import io.mlcicd.data.DataProfile;
import io.mlcicd.data.DataProfiles;
import io.mlcicd.document.Json;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A profile that was kept, and where.
 *
 * @param profile the profile
 * @param shown where it is kept, for messages and documents: a path, or a build
 */
public record StoredProfile(DataProfile profile, String shown) {

    /**
     * A profile in a file.
     *
     * @param shown the path as the user wrote it
     * @throws io.mlcicd.operation.InvalidInputException when the file is missing or is no profile
     */
    public static StoredProfile read(Path file, String shown) {
        return new StoredProfile(DataProfiles.read(file), shown);
    }

    /** The profile by its content, however it was kept. */
    public Artifact artifact() {
        byte[] content = Json.write(profile).getBytes(StandardCharsets.UTF_8);
        return new Artifact(profile.name(), shown.replace('\\', '/'), Digests.of(content), content.length);
    }
}
