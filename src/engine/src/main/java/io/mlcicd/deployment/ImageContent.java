package io.mlcicd.deployment;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An image that is released.
 *
 * @param reference its name, by digest where it has one
 * @param digest digest of its manifest, {@code sha256:...}; empty where only the archive is known
 * @param archive a file with it; empty when it comes from a registry
 */
public record ImageContent(String reference, Optional<String> digest, Optional<Path> archive) {}
