package io.mlcicd.packaging.supplychain;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.packaging.recognition.RecognisedModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The image that the documents are about.
 *
 * @param repository its name without a tag
 * @param digest its digest
 * @param model the model by name and task
 * @param content the model by content
 * @param files the other files by content
 * @param recognised what the model is
 * @param base the base's name; empty for none in a registry
 * @param baseDigest what it meant
 * @param lineage where the model comes from
 * @param performance metrics of the model's evaluation, by name
 * @param licences licences of libraries, by name in lower case with dashes
 * @param created when the image is said to be made
 */
public record Subject(
        String repository,
        Digest digest,
        Model model,
        Artifact content,
        List<Artifact> files,
        RecognisedModel recognised,
        Optional<String> base,
        Optional<Digest> baseDigest,
        LineageRecord lineage,
        Map<String, Double> performance,
        Map<String, String> licences,
        Instant created) {

    /** The same image as it is known by another digest. */
    public Subject as(Digest other) {
        return new Subject(
                repository,
                other,
                model,
                content,
                files,
                recognised,
                base,
                baseDigest,
                lineage,
                performance,
                licences,
                created);
    }

    static String hex(Digest digest) {
        return digest.value().substring(digest.value().indexOf(':') + 1);
    }

    String digestHex() {
        return hex(digest);
    }
}
