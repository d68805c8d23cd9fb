/** The Python environment that a project declares, as what a Dockerfile installs. */
package io.mlcicd.packaging.environment;
