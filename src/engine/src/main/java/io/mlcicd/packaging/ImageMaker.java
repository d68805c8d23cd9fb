package io.mlcicd.packaging;

import io.mlcicd.lineage.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How an image comes into being and to its registry. */
interface ImageMaker {

    /**
     * Builds it into a tarball with an OCI image layout.
     *
     * @param created when it is said to be made, where the maker lets one say so
     * @throws IOException when a file to package cannot be read
     */
    ImageTarball tarball(ImageContents contents, Instant created, Map<String, String> labels)
            throws IOException, InterruptedException;

    /**
     * Pushes it.
     *
     * @return digest of the manifest that the registry has
     * @throws IOException when the tarball cannot be read
     */
    Digest push(ImageTarball image) throws IOException, InterruptedException;

    /** Configurations and layers that had to be sent; empty when nothing was pushed, or nobody knows. */
    Optional<Set<Digest>> sent();

    /** Its layers from the bottom up. */
    List<ImageLayer> layers(ImageTarball image, ImageContents contents);

    /** Whether a Docker daemon has it under its name. */
    boolean inDaemon();

    /** What the daemon calls it; empty when it has none. */
    Optional<String> daemonId();

    /** What the daemon calls the image that it was built on; empty when it has none. */
    Optional<String> daemonBase();
}
