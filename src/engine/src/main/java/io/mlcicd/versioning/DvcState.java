package io.mlcicd.versioning;

import java.util.List;

/**
 * How a data set stands against what DVC recorded.
 *
 * @param differing how many files differ from what was recorded, were added or are gone; 1 for a folder that differs where
 *     the recorded hashes of its files are not in the cache; 0 when all is as it was recorded
 * @param recordedIn the files of DVC that record it
 * @param message one sentence for a person: what differs, and what to do
 */
public record DvcState(long differing, List<String> recordedIn, String message) {}
