package io.mlcicd.config;

import java.util.List;
import java.util.Optional;

/** The section {@code mlflow} as it is written. */
record MlflowSection(
        Optional<String> uri,
        Optional<String> experiment,
        Optional<String> run,
        Optional<List<String>> log,
        Optional<String> register,
        Optional<String> alias,
        Optional<String> stage,
        Optional<String> when,
        Optional<String> artifact,
        Optional<PackageKeys.Sign> sign) {}
