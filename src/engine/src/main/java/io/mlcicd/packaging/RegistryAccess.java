package io.mlcicd.packaging;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How registries are talked to.
 *
 * @param registry the registry that the given credentials are for; no other ever sees them
 * @param credentials what the user gave
 * @param insecureAsked whether the user allows unprotected connections to any registry
 */
record RegistryAccess(String registry, Optional<RegistryCredentials> credentials, boolean insecureAsked) {

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

    /**
     * The image in its registry with whoever may know the credentials: first the user, then Docker's configuration
     * with its credential helpers, then the well-known helpers of the cloud providers.
     */
    RegistryImage to(ImageReference image) {
        RegistryImage target = RegistryImage.named(image);
        givenFor(image).ifPresent(given -> target.addCredential(given.username(), given.secret()));
        CredentialRetrieverFactory known = CredentialRetrieverFactory.forImage(image, event -> {});
        String configuration = System.getenv("DOCKER_CONFIG");
        if (configuration != null && !configuration.isBlank()) {
            target.addCredentialRetriever(known.dockerConfig(Path.of(configuration, "config.json")));
        }
        return target.addCredentialRetriever(known.dockerConfig())
                .addCredentialRetriever(known.wellKnownCredentialHelpers());
    }

    /**
     * Makes sure that the image's registry has an address, which is cheaper to learn now than after the many tries that
     * are made to push. Behind a proxy only the proxy need know it.
     *
     * @throws UnknownHostException when it has none
     */
    static void requireAddress(ImageReference image) throws UnknownHostException {
        boolean proxied = System.getProperty("https.proxyHost") != null || System.getProperty("http.proxyHost") != null;
        if (!proxied) {
            String host = image.getRegistry().replaceFirst(":\\d+$", "");
            InetAddress[] addresses = InetAddress.getAllByName(host);
            if (addresses.length == 0) {
                throw new UnknownHostException(host);
            }
        }
    }

    /** The credentials that the user gave for this image's registry. */
    Optional<RegistryCredentials> givenFor(ImageReference image) {
        return image.getRegistry().equals(registry) ? credentials : Optional.empty();
    }

    /** Whether the connection to this image's registry may go unprotected. */
    boolean mayBeInsecure(ImageReference image) {
        return insecureAsked || LOOPBACK.matcher(image.getRegistry()).matches();
    }
}
