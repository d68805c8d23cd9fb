package io.mlcicd.registry;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How registries are talked to.
 *
 * @param registry the registry that the given credentials are for; no other ever sees them
 * @param credentials what the user gave
 * @param insecureAsked whether the user allows unprotected connections to any registry
 */
public record RegistryAccess(String registry, Optional<RegistryCredentials> credentials, boolean insecureAsked) {

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

    /**
     * The image in its registry with whoever may know the credentials: first the user, then Docker's configuration
     * with its credential helpers, then the well-known helpers of the cloud providers.
     */
    public RegistryImage to(ImageReference image) {
        RegistryImage target = RegistryImage.named(image);
        retrievers(image).forEach(target::addCredentialRetriever);
        return target;
    }

    /** The credentials that the first who knows any gives. */
    Optional<Credential> credential(ImageReference image) throws CredentialRetrievalException {
        for (CredentialRetriever retriever : retrievers(image)) {
            Optional<Credential> credential = retriever.retrieve();
            if (credential.isPresent()) {
                return credential;
            }
        }
        return Optional.empty();
    }

    private List<CredentialRetriever> retrievers(ImageReference image) {
        List<CredentialRetriever> retrievers = new ArrayList<>();
        givenFor(image).ifPresent(given -> {
            Credential credential = Credential.from(given.username(), given.secret());
            retrievers.add(() -> Optional.of(credential));
        });
        CredentialRetrieverFactory known = CredentialRetrieverFactory.forImage(image, event -> {});
        String configuration = System.getenv("DOCKER_CONFIG");
        if (configuration != null && !configuration.isBlank()) {
            retrievers.add(known.dockerConfig(Path.of(configuration, "config.json")));
        }
        retrievers.add(known.dockerConfig());
        retrievers.add(known.wellKnownCredentialHelpers());
        return retrievers;
    }

    /**
     * Makes sure that the image's registry has an address, which is cheaper to learn now than after the many tries that
     * are made to push. Behind a proxy only the proxy need know it.
     *
     * @throws UnknownHostException when it has none
     */
    public static void requireAddress(ImageReference image) throws UnknownHostException {
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
    public Optional<RegistryCredentials> givenFor(ImageReference image) {
        return image.getRegistry().equals(registry) ? credentials : Optional.empty();
    }

    /** Whether the connection to this image's registry may go unprotected. */
    public boolean mayBeInsecure(ImageReference image) {
        return insecureAsked || LOOPBACK.matcher(image.getRegistry()).matches();
    }
}
