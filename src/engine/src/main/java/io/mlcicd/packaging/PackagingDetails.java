package io.mlcicd.packaging;

import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digest;
import io.mlcicd.lineage.ImageRef;
import io.mlcicd.packaging.licence.LicenceFindings;
import io.mlcicd.packaging.pickle.PickleScan;
import io.mlcicd.packaging.recognition.RecognisedModel;
import io.mlcicd.packaging.supplychain.SupplyChainDetails;
import io.mlcicd.serving.ServeReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What packaging alone has to say.
 *
 * @param image the image's name and the digest of its manifest
 * @param base what it was built on, as asked for
 * @param platform the first of its platforms, {@code os/architecture}
 * @param tarball where the image was written to, as the user named it; empty when it was only pushed
 * @param bytes what a registry stores of it: manifest, configuration and every different layer, compressed
 * @param layers from the bottom up
 * @param pushed the name that will always mean this very image, {@code repository@sha256:...}; empty when it was not
 *     pushed
 * @param model the model in it
 * @param files the other files in it
 * @param labels the labels that ml-cicd gave it
 * @param baseDigest what the base's name meant; empty for a base that comes from no registry
 * @param platforms all it is made for
 * @param recognised what the model is, as its own files tell
 * @param pickles what its pickles would import
 * @param licences licences of the dependencies
 * @param supplyChain what goes along with it
 * @param dockerImage the id by which the Docker daemon that built it knows it; empty when none did
 * @param dockerBase the id of the image it was built on; empty when Docker did not build it or does not know
 * @param served what became of the serve check; empty when it was not asked for
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
        Map<String, String> labels,
        Optional<Digest> baseDigest,
        List<String> platforms,
        Optional<RecognisedModel> recognised,
        PickleScan pickles,
        LicenceFindings licences,
        SupplyChainDetails supplyChain,
        Optional<String> dockerImage,
        Optional<String> dockerBase,
        Optional<ServeReport> served) {

    public PackagingDetails {
        // Documents of earlier versions have none of these.
        platforms = platforms == null ? List.of(platform) : List.copyOf(platforms);
        pickles = pickles == null ? PickleScan.NONE : pickles;
        licences = licences == null ? LicenceFindings.NONE : licences;
        supplyChain = supplyChain == null ? SupplyChainDetails.NONE : supplyChain;
    }
}
