package io.mlcicd.lineage;

import java.util.Optional;

/**
 * A version of a model in a model registry.
 *
 * @param registry the registry's address, without credentials
 * @param name the model's name there
 * @param version the version's number
 * @param alias the alias that was set on it; empty when none was
 */
public record RegisteredModel(String registry, String name, String version, Optional<String> alias) {}
