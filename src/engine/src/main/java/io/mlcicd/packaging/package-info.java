/** Puts a model and what it needs to serve into a container image: reproducibly, with lineage, without a daemon. */
package io.mlcicd.packaging;
