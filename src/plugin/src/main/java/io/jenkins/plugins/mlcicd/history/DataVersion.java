package io.jenkins.plugins.mlcicd.history;

/**
 * A data set as a build had it.
 *
 * @param name its name in the project
 * @param digest digest of its content
 */
public record DataVersion(String name, String digest) {}
