package io.mlcicd.operation;

import java.util.Optional;

/**
 * The model a result is about.
 *
 * @param name its name, as in {@code model.name} of {@code mlcicd.yml}
 * @param task what kind of prediction it makes; empty when the operation need not know
 */
public record Model(String name, Optional<Task> task) {}
