package io.mlcicd.config;

import io.mlcicd.deployment.artifact.ArtifactPlace;
import io.mlcicd.deployment.artifact.ArtifactSettings;
import io.mlcicd.deployment.artifact.FolderPlace;
import io.mlcicd.deployment.artifact.RegistryPlace;
import io.mlcicd.operation.InvalidInputException;
import java.util.Optional;
import java.util.function.Function;

/** The keys of {@code deploy.artifact}. */
record ArtifactSection(
        Optional<String> folder,
        Optional<String> image,
        Optional<PackageKeys.Credentials> credentials,
        Optional<PackageKeys.Sign> sign) {

    private static final String POINTER = "/deploy/artifact";

    static ArtifactSettings settings(Project project, ModelFile.Deploy deploy, Function<String, String> environment) {
        ArtifactSection section = deploy.artifact()
                .orElseThrow(() -> project.error(
                        POINTER, "is needed for the target artifact: folder or image, where versions are published"));
        return new ArtifactSettings(
                section.place(project, environment),
                section.sign.map(sign -> () -> SigningKeys.of(project, POINTER + "/sign", sign, environment)),
                project.model().name(),
                project.environment(),
                new Releases(project, environment).by());
    }

    private ArtifactPlace place(Project project, Function<String, String> environment) {
        if (folder.isPresent() == image.isPresent()) {
            throw project.error(
                    POINTER,
                    "says where versions are published: in a folder, or in a registry (image); name one of them");
        }
        if (folder.isPresent()) {
            return new FolderPlace(project.resolve(folder.get()));
        }
        try {
            return new RegistryPlace(
                    image.get(),
                    credentials.map(names -> Variables.login(project, POINTER + "/credentials", names, environment)));
        } catch (InvalidInputException e) {
            throw project.error(POINTER + "/image", e.getMessage());
        }
    }
}
