package io.mlcicd.deployment;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.registry.RegistryAccess;
import io.mlcicd.registry.RegistryCredentials;
import io.mlcicd.signature.ImageVerification;
import io.mlcicd.signature.VerificationKey;
import io.mlcicd.signature.VerifiedImage;
import java.nio.file.Path;
import java.util.Optional;

/**
 * That only images are released which somebody who is trusted has signed.
 *
 * @param key file with the public key
 * @param credentials for the image's registry
 */
public record SignatureCheck(Path key, Optional<RegistryCredentials> credentials) {

    /**
     * Verifies an image where it is: in its registry, or in an archive by the files beside it.
     *
     * @throws InvalidInputException when there is no image, no such key, or the image cannot be verified
     */
    public VerifiedImage verify(Optional<ImageContent> image) throws InterruptedException {
        ImageContent content = image.orElseThrow(() -> new InvalidInputException(
                "deploy.verify: this target runs no image whose signature could be verified"));
        VerificationKey trusted = VerificationKey.read(key);
        if (content.archive().isPresent()) {
            return ImageVerification.verify(content.archive().get(), trusted);
        }
        return ImageVerification.verify(content.reference(), trusted, access(content.reference()));
    }

    private RegistryAccess access(String image) {
        try {
            return new RegistryAccess(ImageReference.parse(image).getRegistry(), credentials, false);
        } catch (InvalidImageReferenceException e) {
            throw new InvalidInputException("'%s' is not an image's name".formatted(image), e);
        }
    }
}
