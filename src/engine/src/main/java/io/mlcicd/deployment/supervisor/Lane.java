package io.mlcicd.deployment.supervisor;

/**
 * One release with what is seen of it.
 *
 * @param onTrial whether it may be given up any moment
 */
record Lane(Service service, Figures figures, boolean onTrial) {}
