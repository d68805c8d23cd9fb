package io.mlcicd.drift;

import java.util.List;
import java.util.Map;

/**
 * Several profiles that stand in for their data together.
 *
 * @param profiles where each is kept, newest first
 * @param leftOut columns that not all of them have, or not with values that compare, each with the reason
 */
public record MergedProfiles(List<String> profiles, Map<String, String> leftOut) {

    public MergedProfiles {
        profiles = List.copyOf(profiles);
    }
}
