package io.mlcicd.deployment.artifact;

import io.mlcicd.lineage.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was pulled.
 *
 * @param reference what was asked for
 * @param version its digest
 * @param release the release that it was published from; empty for one of MLflow's model registry
 * @param registered the version in MLflow's model registry, such as {@code models:/weather/3}; empty for others
 * @param model the model's name
 * @param modelPath the model's file or folder below the folder
 * @param modelDigest the model's own digest
 * @param commit the code that made it
 * @param data the data that made it, digests by name
 * @param since since when the name points at it; empty when it was asked for by version, or nobody noted it
 * @param by who moved the name to it
 * @param approvedBy who approved that
 * @param verified whether its signature was verified
 * @param refused why nothing was put into the folder; empty when it was
 * @param files number of files
 * @param bytes their size together
 * @param folder where it is
 * @param changed whether another version was there before, or none
 */
public record PulledModel(
        String reference,
        Digest version,
        Optional<String> release,
        Optional<String> registered,
        String model,
        String modelPath,
        Digest modelDigest,
        Optional<String> commit,
        Map<String, Digest> data,
        Optional<Instant> since,
        Optional<String> by,
        Optional<String> approvedBy,
        boolean verified,
        Optional<String> refused,
        int files,
        long bytes,
        String folder,
        boolean changed) {}
