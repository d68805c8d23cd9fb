package io.mlcicd.packaging.recognition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.document.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the head of a safetensors file (huggingface/safetensors, "Format"): its metadata and what it holds. */
final class SafetensorsFile {

    private static final long LONGEST_HEAD = 100_000_000;

    private SafetensorsFile() {}

    /**
     * Reads the head, never a tensor.
     *
     * @throws IOException when the file is none, or broken
     */
    static ModelFacts read(Path file) throws IOException {
        JsonNode head;
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            long length = Long.reverseBytes(in.readLong());
            if (length < 2 || length > LONGEST_HEAD || length > Files.size(file) - Long.BYTES) {
                throw new IOException("its head is said to be %d bytes long".formatted(length));
            }
            head = Json.mapper().readTree(in.readNBytes((int) length));
        } catch (JsonProcessingException e) {
            throw new IOException("its head is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!head.isObject()) {
            throw new IOException("its head is not a JSON object");
        }
        Map<String, String> told = new TreeMap<>();
        TreeSet<String> types = new TreeSet<>();
        int tensors = 0;
        for (Map.Entry<String, JsonNode> entry : head.properties()) {
            if (entry.getKey().equals("__metadata__")) {
                JsonNode format = entry.getValue().path("format");
                if (format.isTextual()) {
                    told.put("format", format.asText());
                }
            } else {
                tensors++;
                types.add(entry.getValue().path("dtype").asText());
            }
        }
        told.put("tensors", String.valueOf(tensors));
        if (!types.isEmpty()) {
            told.put("types", String.join(" ", types));
        }
        return new ModelFacts(ModelKind.SAFETENSORS, told, Signature.NONE);
    }
}
