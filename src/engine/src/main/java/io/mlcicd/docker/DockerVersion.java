package io.mlcicd.docker;

/**
 * What is on both ends.
 *
 * @param client version of the {@code docker} program
 * @param server version of the daemon
 * @param platform the daemon's {@code os/architecture}
 */
public record DockerVersion(String client, String server, String platform) {}
