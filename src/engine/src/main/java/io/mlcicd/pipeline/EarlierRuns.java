package io.mlcicd.pipeline;

import io.mlcicd.data.DataProfile;
import java.util.List;
import java.util.Optional;

/**
 * What runs before this one found, as far as it is known elsewhere than in the project's folder, such as to the builds of
 * a CI server.
 *
 * @param profiles the profiles of data that were accepted, newest first
 * @param drift the result document of the newest drift check, as JSON
 * @param accepted the result document of the evaluation of the model that is in use, as JSON
 */
public record EarlierRuns(List<DataProfile> profiles, Optional<String> drift, Optional<String> accepted) {

    /** Nothing is known elsewhere. */
    public static final EarlierRuns NONE = new EarlierRuns(List.of(), Optional.empty(), Optional.empty());

    public EarlierRuns {
        profiles = List.copyOf(profiles);
    }
}
