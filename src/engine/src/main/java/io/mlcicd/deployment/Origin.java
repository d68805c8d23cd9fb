package io.mlcicd.deployment;

import io.mlcicd.deployment.target.TargetSettings;

/**
 * The environment that a release is moved on from, which must serve it.
 *
 * @param environment its name
 * @param deployment the deployment's name there
 * @param target where it serves there
 */
public record Origin(String environment, String deployment, TargetSettings target) {}
