/** Releases models: as a supervised service on this host, or as a batch whose output is checked before it is published. */
package io.mlcicd.deployment;
