package io.mlcicd.deployment.supervisor;

/**
 * One release with what is seen of it.
 *
 * @param figures since the traffic was divided last
 * @param answers since the trial began
 * @param onTrial whether it may be given up any moment
 */
record Lane(Service service, Figures figures, Answers answers, boolean onTrial) {}
