package io.mlcicd.lineage;

/**
 * A container image.
 *
 * @param reference its name, such as {@code registry.example/weather:1.0}
 * @param digest digest of its manifest
 */
public record ImageRef(String reference, Digest digest) {}
