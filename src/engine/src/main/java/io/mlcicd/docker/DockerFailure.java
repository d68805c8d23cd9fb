package io.mlcicd.docker;

import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.operation.OutsideSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one sentence why the {@code docker} program failed and what to do about it. */
final class DockerFailure {

    private static final Pattern DAEMON_ADDRESS =
            Pattern.compile("(unix|tcp|npipe|ssh|http)://[^\\s:\"]*(:\\d+)?[^\\s:\"]*");

    /** How lines begin that repeat or explain what an earlier line has said. */
    private static final List<String> ADVICE =
            List.of("See 'docker", "Run 'docker", "Error: failed to start containers");

    private DockerFailure() {}

    static InvalidInputException noProgram(String program, Throwable cause) {
        return new InvalidInputException(
                "cannot run '%s': install Docker's command, or put it on the PATH".formatted(program), cause);
    }

    /** The exception to throw for what the program printed. */
    static RuntimeException of(String doing, List<String> printed) {
        String text = String.join("\n", printed);
        String lower = text.toLowerCase(Locale.ROOT);
        String cannot = "cannot " + doing + ": ";
        Optional<String> daemon = daemon(lower, text);
        if (daemon.isPresent()) {
            return new OutsideSystemException(cannot + daemon.get());
        }
        if (has(lower, "port is already allocated", "address already in use", "ports are not available")) {
            return new InvalidInputException(
                    cannot + "the port is in use (" + last(printed) + "); take another, or stop what has it");
        }
        if (has(lower, "unauthorized", "no basic auth credentials", "authentication required", "incorrect username")) {
            return new OutsideSystemException(
                    cannot + "the registry refused the user name or the password; give others, or run: docker login");
        }
        if (has(lower, "no such image", "manifest unknown", "pull access denied", "repository does not exist")
                || lower.matches("(?s).*manifest for \\S+ not found.*")) {
            return new InvalidInputException(
                    cannot + "there is no such image; check its name and tag (" + last(printed) + ")");
        }
        if (has(lower, "denied: ", "403 forbidden")) {
            return new OutsideSystemException(
                    cannot + "the registry does not allow it; ask for the right to, or check the name");
        }
        if (has(lower, "no matching manifest", "does not match the specified platform")) {
            return new InvalidInputException(
                    cannot + "the image does not come for this platform (" + last(printed) + ")");
        }
        if (has(lower, "no such host", "invalid reference format")) {
            return new InvalidInputException(cannot + "check the image's name (" + last(printed) + ")");
        }
        if (has(lower, "server gave http response to https client", "x509: ")) {
            return new OutsideSystemException(cannot + "the daemon does not trust the registry (" + last(printed)
                    + "); give it the certificate, or name the registry in the daemon's insecure-registries");
        }
        if (has(lower, "exec format error")) {
            return new InvalidInputException(
                    cannot + "the image is for another kind of processor than the daemon's (exec format error)");
        }
        return new OutsideSystemException(cannot + last(printed));
    }

    private static Optional<String> daemon(String lower, String text) {
        if (has(lower, "permission denied") && has(lower, "docker.sock", "docker api", "docker daemon socket")) {
            return Optional.of("this user may not talk to the Docker daemon%s; let it join the group that owns the"
                            .formatted(address(text))
                    + " socket (usually docker), or set DOCKER_HOST");
        }
        boolean unreachable = has(
                lower,
                "cannot connect to the docker daemon",
                "error during connect",
                "is the docker daemon running",
                "failed to connect to the docker api");
        return unreachable
                ? Optional.of("no Docker daemon answers%s; start it, or set DOCKER_HOST".formatted(address(text)))
                : Optional.empty();
    }

    private static String address(String text) {
        Matcher matcher = DAEMON_ADDRESS.matcher(text);
        return matcher.find() ? " at " + matcher.group().replaceFirst("[.,;]$", "") : "";
    }

    private static boolean has(String text, String... parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /** The last line that says something; docker ends many a failure with advice to read its help. */
    private static String last(List<String> printed) {
        return printed.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .filter(line -> ADVICE.stream().noneMatch(line::startsWith))
                .reduce((first, second) -> second)
                .map(line -> line.replaceFirst("^(docker: )?Error response from daemon: ", ""))
                .orElse("docker said nothing about it");
    }
}
