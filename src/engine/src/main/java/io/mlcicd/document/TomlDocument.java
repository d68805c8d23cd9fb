package io.mlcicd.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of TOML 1.0. */
public final class TomlDocument {

    private static final TomlMapper MAPPER = new TomlMapper();

    private TomlDocument() {}

    /**
     * Reads a file.
     *
     * @param shown the file's name in messages
     * @throws InvalidInputException when it is no TOML; the message names the file, line and column
     * @throws IOException when it is missing or cannot be read
     */
    public static JsonNode read(Path file, String shown) throws IOException {
        return parse(Files.readAllBytes(file), shown);
    }

    /**
     * Reads the bytes of a file.
     *
     * @param shown the file's name in messages
     * @throws InvalidInputException when they are no TOML; the message names the file, line and column
     */
    public static JsonNode parse(byte[] bytes, String shown) throws IOException {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw new InvalidInputException(
                    "%s:%d:%d: not valid TOML: %s"
                            .formatted(
                                    shown,
                                    Math.max(1, place.getLineNr()),
                                    Math.max(1, place.getColumnNr()),
                                    e.getOriginalMessage()),
                    e);
        }
    }
}
