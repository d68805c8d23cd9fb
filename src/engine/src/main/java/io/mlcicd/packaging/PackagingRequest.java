package io.mlcicd.packaging;

import io.mlcicd.gate.Gate;
import io.mlcicd.lineage.LineageRecord;
import io.mlcicd.operation.Model;
import io.mlcicd.packaging.docker.DockerUse;
import io.mlcicd.packaging.licence.LicencePolicy;
import io.mlcicd.packaging.supplychain.SupplyChain;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.serving.ServingContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to package, and where to.
 *
 * @param model the model the image is about
 * @param baseDirectory the project's folder; nothing outside it gets into the image
 * @param modelPath the model, a file or folder, relative to the project's folder
 * @param files what else the image needs: files, folders or patterns relative to the project's folder; {@code **}
 *     crosses folders, and a wildcard takes hidden files only where the pattern itself shows their dot
 * @param image the image's name, {@code [registry/]repository[:tag]}
 * @param base what the image is built on: {@value #SCRATCH} for nothing, an image's name, or the path of a tarball as
 *     {@code docker save} writes it
 * @param command what a container runs (the image's entry point); empty to keep that of the base
 * @param env environment variables of the image; they can be read by whoever has the image, so no secrets
 * @param output where the image's tarball is kept; empty when it is only pushed
 * @param push whether to push the image to the registry in its name
 * @param credentials for that registry; without them Docker's own configuration and credential helpers are asked
 * @param allowInsecureRegistries whether a registry may speak plain http or have a certificate nobody vouches for;
 *     registries on this very machine may anyway
 * @param platforms what the image is for, each as {@code os/architecture}, such as {@code linux/amd64}; several give
 *     one image for each, and an index over them
 * @param dependencies files, folders or patterns with the libraries that the model needs, in a layer below the files;
 *     Python is told of them by {@code PYTHONPATH} unless {@code env} has one
 * @param created when the image is said to be made; the commit's time, or 1970, when empty
 * @param allowedImports what pickles may import although it is not known as harmless: {@code module.name} or
 *     {@code module.*}
 * @param licences which licences the dependencies may have
 * @param supplyChain what goes along with the image
 * @param known what is known so far of where the model comes from
 * @param performance metrics of the model's evaluation, by name
 * @param gates bounds on the metrics, such as {@code image.bytes}, and on those of the serve check; an image that fails one
 *     of criticality FAILURE is not pushed
 * @param docker what a Docker daemon does
 * @param serveCheck how what was packaged is started and asked before it is pushed; empty to push it untried
 */
public record PackagingRequest(
        Model model,
        Path baseDirectory,
        String modelPath,
        List<String> files,
        String image,
        String base,
        List<String> command,
        Map<String, String> env,
        Optional<Path> output,
        boolean push,
        Optional<RegistryCredentials> credentials,
        boolean allowInsecureRegistries,
        List<String> platforms,
        List<String> dependencies,
        Optional<Instant> created,
        List<String> allowedImports,
        LicencePolicy licences,
        SupplyChain supplyChain,
        LineageRecord known,
        Map<String, Double> performance,
        List<Gate> gates,
        DockerUse docker,
        Optional<ServingContract> serveCheck) {

    /** The base that is no image at all. */
    public static final String SCRATCH = "scratch";

    /** The platform that nearly every cluster runs. */
    public static final String DEFAULT_PLATFORM = "linux/amd64";

    public PackagingRequest {
        files = List.copyOf(files);
        command = List.copyOf(command);
        env = Map.copyOf(env);
        performance = Map.copyOf(performance);
        gates = List.copyOf(gates);
        platforms = List.copyOf(platforms);
        dependencies = List.copyOf(dependencies);
        allowedImports = List.copyOf(allowedImports);
    }
}
