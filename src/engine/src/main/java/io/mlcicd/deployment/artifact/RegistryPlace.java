package io.mlcicd.deployment.artifact;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.registry.Registry;
import io.mlcicd.registry.RegistryAccess;
import io.mlcicd.registry.RegistryCredentials;
import java.util.Optional;

/**
 * A repository of a registry that speaks the OCI distribution specification 1.1.
 *
 * @param repository its name, without a tag: {@code registry.example/models/weather}
 * @param credentials for the registry; those that Docker's configuration and its helpers know when empty
 */
public record RegistryPlace(String repository, Optional<RegistryCredentials> credentials) implements ArtifactPlace {

    /**
     * That repository.
     *
     * @throws InvalidInputException when that is no repository's name
     */
    public RegistryPlace {
        parse(repository);
        boolean tagged = repository.lastIndexOf(':') > repository.lastIndexOf('/') || repository.contains("@");
        if (tagged) {
            throw new InvalidInputException(
                    "'%s' names a tag or digest; a repository is named without one, for the tags".formatted(repository)
                            + " are the versions and the deployments' names");
        }
    }

    private static ImageReference parse(String repository) {
        try {
            return ImageReference.parse(repository);
        } catch (InvalidImageReferenceException e) {
            throw new InvalidInputException("'%s' is no name of a repository".formatted(repository), e);
        }
    }

    @Override
    public String reference(String name) {
        return repository + ":" + name;
    }

    @Override
    public VersionStore open() {
        ImageReference image = parse(repository);
        RegistryAccess access = new RegistryAccess(image.getRegistry(), credentials, false);
        return new OciStore(new RegistryBlobs(new Registry(image, access), repository), repository);
    }
}
