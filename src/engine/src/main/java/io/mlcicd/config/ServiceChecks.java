package io.mlcicd.config;

import io.mlcicd.drift.service.Credentials;
import io.mlcicd.drift.service.LatencyUnit;
import io.mlcicd.drift.service.LogFormat;
import io.mlcicd.drift.service.SeriesSelector;
import io.mlcicd.drift.service.ServiceRequest;
import io.mlcicd.drift.service.ServiceSource;
import io.mlcicd.drift.service.ServiceSource.AccessLog;
import io.mlcicd.drift.service.ServiceSource.LogFile;
import io.mlcicd.drift.service.ServiceSource.MetricNames;
import io.mlcicd.drift.service.ServiceSource.PrometheusEndpoint;
import io.mlcicd.drift.service.ServiceSource.PrometheusServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where the health of the service is read that {@code drift.service} describes. */
final class ServiceChecks {

    private final Project project;
    private final Function<String, String> environment;

    ServiceChecks(Project project, Function<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    ServiceRequest request(DriftKeys.Service keys, KnownMonitoring monitored) {
        return new ServiceRequest(keys.prometheus()
                .<ServiceSource>map(prometheus -> endpoint(prometheus, monitored))
                .or(() -> keys.prometheusServer().map(this::server))
                .orElseGet(() -> log(keys.accessLog().orElseThrow())));
    }

    private PrometheusEndpoint endpoint(DriftKeys.Prometheus keys, KnownMonitoring monitored) {
        return new PrometheusEndpoint(
                keys.url(),
                new MetricNames(
                        keys.latency().map(SeriesSelector::parse),
                        keys.unit().orElse(LatencyUnit.SECONDS),
                        keys.requests().stream().map(SeriesSelector::parse).toList(),
                        keys.errors().stream().map(SeriesSelector::parse).toList()),
                credentials(
                        "/drift/service/prometheus",
                        keys.bearerTokenVariable(),
                        keys.usernameVariable(),
                        keys.passwordVariable()),
                keys.timeout().map(HumanDuration::value).orElse(ServiceSource.DEFAULT_TIMEOUT),
                keys.interval().map(HumanDuration::value).orElse(ServiceSource.DEFAULT_INTERVAL),
                monitored.scrape());
    }

    private PrometheusServer server(DriftKeys.PrometheusServer keys) {
        return new PrometheusServer(
                keys.url(),
                keys.queries(),
                keys.unit().orElse(LatencyUnit.SECONDS),
                credentials(
                        "/drift/service/prometheusServer",
                        keys.bearerTokenVariable(),
                        keys.usernameVariable(),
                        keys.passwordVariable()),
                keys.timeout().map(HumanDuration::value).orElse(ServiceSource.DEFAULT_TIMEOUT));
    }

    private Credentials credentials(
            String pointer, Optional<String> token, Optional<String> user, Optional<String> password) {
        if (token.isPresent()) {
            return new Credentials.Bearer(variable(pointer + "/bearerTokenVariable", token.get()));
        }
        if (user.isPresent() != password.isPresent()) {
            throw project.error(pointer, "needs 'usernameVariable' and 'passwordVariable' together");
        }
        return user.<Credentials>map(name -> new Credentials.Basic(
                        variable(pointer + "/usernameVariable", name),
                        variable(pointer + "/passwordVariable", password.orElseThrow())))
                .orElse(new Credentials.None());
    }

    private String variable(String pointer, String name) {
        return Variables.require(project, pointer, name, environment);
    }

    private AccessLog log(DriftKeys.AccessLog keys) {
        return new AccessLog(
                files(keys.path()),
                format(keys),
                keys.unit(),
                keys.errorsFrom().orElse(AccessLog.SERVER_ERRORS),
                keys.last().map(HumanDuration::value));
    }

    private LogFormat format(DriftKeys.AccessLog keys) {
        return switch (keys.format().orElse(keys.pattern().isPresent() ? "pattern" : "combined")) {
            case "json" -> new LogFormat.JsonLines(keys.fields());
            case "pattern" ->
                LogFormat.Regex.of(keys.pattern()
                        .orElseThrow(() -> project.error(
                                "/drift/service/accessLog/pattern", "is needed for the format 'pattern'")));
            default -> new LogFormat.Combined();
        };
    }

    /** The files of a pattern, by name; only the last part of a path may have {@code *} and {@code ?}. */
    private List<LogFile> files(String pattern) {
        Path path = project.resolve(pattern.replace('*', '_').replace('?', '_'));
        String name = pattern.substring(pattern.lastIndexOf('/') + 1);
        if (!name.contains("*") && !name.contains("?")) {
            return List.of(new LogFile(project.resolve(pattern), pattern));
        }
        List<LogFile> files = new ArrayList<>();
        Path folder = path.getParent();
        String before = pattern.substring(0, pattern.lastIndexOf('/') + 1);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name)) {
                found.forEach(file -> files.add(new LogFile(file, before + file.getFileName())));
            } catch (IOException e) {
                throw project.error(
                        "/drift/service/accessLog/path",
                        "'%s' cannot be listed: %s".formatted(pattern, e.getMessage()));
            }
        }
        if (files.isEmpty()) {
            throw project.error("/drift/service/accessLog/path", "no file matches '%s'".formatted(pattern));
        }
        files.sort(Comparator.comparing(LogFile::shown));
        return files;
    }
}
