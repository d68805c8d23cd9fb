package io.mlcicd.drift.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads logs of one JSON object a line, as nginx, Caddy and Traefik write them. */
final class JsonLineParser implements LineParser {

    private static final Map<String, List<String>> USUAL = Map.of(
            "time",
            List.of("time_iso8601", "time_local", "msec", "ts", "StartUTC", "@timestamp", "timestamp", "time"),
            "status",
            List.of("status", "DownstreamStatus", "status_code"),
            "duration",
            List.of("request_time", "Duration", "duration"),
            "path",
            List.of("request_uri", "request.uri", "RequestPath", "uri", "path"));

    private static final String OF_TRAEFIK = "Duration";

    private final LogFormat.JsonLines format;
    private final Optional<LatencyUnit> unit;
    private final LogTime times = new LogTime();

    JsonLineParser(LogFormat.JsonLines format, Optional<LatencyUnit> unit) {
        this.format = format;
        this.unit = unit;
    }

    @Override
    public Optional<LogLine> parse(String line) {
        JsonNode object;
        try {
            object = Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!object.isObject()) {
            return Optional.empty();
        }
        // Traefik alone tells nanoseconds, under a name that is its own.
        boolean nanoseconds = format.field("duration").map(OF_TRAEFIK::equals).orElse(object.has(OF_TRAEFIK));
        LatencyUnit told = nanoseconds ? LatencyUnit.NANOSECONDS : LatencyUnit.SECONDS;
        return LineParser.line(
                times.seconds(text(object, "time")),
                LineParser.status(text(object, "status")),
                LineParser.millis(text(object, "duration"), unit.orElse(told)),
                text(object, "path"));
    }

    private String text(JsonNode object, String key) {
        List<String> names = format.field(key).map(List::of).orElse(USUAL.get(key));
        for (String name : names) {
            JsonNode value = object.path(name);
            if (value.isMissingNode() && name.indexOf('.') >= 0) {
                value = object;
                for (String part : name.split("\\.")) {
                    value = value.path(part);
                }
            }
            if (value.isValueNode() && !value.isNull()) {
                return value.isDouble() ? value.decimalValue().toPlainString() : value.asText();
            }
        }
        return "";
    }
}
