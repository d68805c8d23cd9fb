/**
 * Models as versioned artifacts that applications pull and embed: publishing them is a target like any other, whose
 * traffic is a name that points at one version.
 */
package io.mlcicd.deployment.artifact;
