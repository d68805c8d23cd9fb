package io.mlcicd.deployment.local;

import io.mlcicd.deployment.target.DeploymentHome;
import io.mlcicd.deployment.target.Target;
import io.mlcicd.deployment.target.TargetSettings;

/**
 * A release as a process on this host.
 *
 * @param place where and how clients reach it
 */
public record ProcessSettings(LocalSettings place) implements TargetSettings {

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public Target open(DeploymentHome home) {
        return new LocalTarget(home, place, new ProcessRunner(home, place));
    }
}
