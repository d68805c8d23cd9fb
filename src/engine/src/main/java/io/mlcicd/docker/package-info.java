/** A Docker daemon through the {@code docker} program: builds, runs, moves and removes images and containers. */
package io.mlcicd.docker;
