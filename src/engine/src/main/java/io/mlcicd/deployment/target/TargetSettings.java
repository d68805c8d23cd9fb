package io.mlcicd.deployment.target;

/** What is set for one kind of target; it is part of a request, so it holds no open connection. */
public interface TargetSettings {

    /** The word for it in {@code deploy.target}. */
    String kind();

    /** The deployment of that home at this target; touches nothing outside yet. */
    Target open(DeploymentHome home);
}
