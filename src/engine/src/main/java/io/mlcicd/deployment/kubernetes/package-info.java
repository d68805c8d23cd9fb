/**
 * Releases on a Kubernetes cluster: a Deployment for each release behind one Service, or one KServe InferenceService. All
 * that a run must know of an earlier one stands on the objects themselves, so any machine can go on.
 */
package io.mlcicd.deployment.kubernetes;
