/** Registries of container images: who may, what is there, what goes there, and what went wrong. */
package io.mlcicd.registry;
