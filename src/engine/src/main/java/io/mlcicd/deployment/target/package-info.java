/**
 * Where a release can serve. The strategies and gates of a deployment know a target only through these types, so that a
 * process on this host, a container, a cluster and a cloud's endpoint are released to in the same way.
 */
package io.mlcicd.deployment.target;
