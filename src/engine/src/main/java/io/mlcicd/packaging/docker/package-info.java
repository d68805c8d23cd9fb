/** Images that a Docker daemon builds from a Dockerfile, given or generated. */
package io.mlcicd.packaging.docker;
