package io.mlcicd.packaging.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.packaging.recognition.Signature.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inputs and outputs in the {@code config.json} of a Keras 3 model (keras.io, "Serialization and saving"; the layout is
 * that of Keras 3.0 to 3.8): the input layers with their shapes, and the layers that the graph ends in.
 */
final class KerasConfig {

    private final JsonNode model;
    private final Map<String, JsonNode> layers = new LinkedHashMap<>();

    private KerasConfig(JsonNode model) {
        this.model = model;
        for (JsonNode layer : model.path("config").path("layers")) {
            String name =
                    layer.path("name").asText(layer.path("config").path("name").asText());
            layers.put(name, layer);
        }
    }

    static Signature signature(JsonNode model) {
        KerasConfig config = new KerasConfig(model);
        return new Signature(config.inputs(), config.outputs());
    }

    private List<Field> inputs() {
        List<Field> inputs = new ArrayList<>();
        JsonNode built = model.path("build_config").path("input_shape");
        for (String name : ends("input_layers")) {
            input(layers.get(name)).ifPresent(inputs::add);
        }
        if (inputs.isEmpty() && built.isArray() && !built.path(0).isArray()) {
            inputs.add(new Field("", Optional.empty(), shape(built)));
        }
        if (inputs.isEmpty()) {
            layers.values().forEach(layer -> input(layer).ifPresent(inputs::add));
        }
        return inputs;
    }

    private static Optional<Field> input(JsonNode layer) {
        if (layer == null || !layer.path("class_name").asText().equals("InputLayer")) {
            return Optional.empty();
        }
        JsonNode config = layer.path("config");
        JsonNode sizes = config.has("batch_shape") ? config.path("batch_shape") : config.path("batch_input_shape");
        return Optional.of(new Field(config.path("name").asText(), type(config), shape(sizes)));
    }

    /** A sequence ends in its last layer; a graph says where it ends. */
    private List<Field> outputs() {
        List<String> names = ends("output_layers");
        if (names.isEmpty() && model.path("class_name").asText().equals("Sequential") && !layers.isEmpty()) {
            names = List.of(List.copyOf(layers.keySet()).get(layers.size() - 1));
        }
        List<Field> outputs = new ArrayList<>();
        for (String name : names) {
            JsonNode layer = layers.get(name);
            if (layer != null && !layer.path("class_name").asText().equals("InputLayer")) {
                outputs.add(new Field(name, type(layer.path("config")), outputShape(layer)));
            }
        }
        return outputs;
    }

    /** Only a dense layer tells its output's size; what goes in has all other dimensions. */
    private static List<String> outputShape(JsonNode layer) {
        JsonNode units = layer.path("config").path("units");
        if (!layer.path("class_name").asText().equals("Dense") || !units.isIntegralNumber()) {
            return List.of();
        }
        List<String> shape = new ArrayList<>(shape(layer.path("build_config").path("input_shape")));
        if (shape.isEmpty()) {
            shape.addAll(List.of("?", "?"));
        }
        shape.set(shape.size() - 1, units.asText());
        return shape;
    }

    /** One end is written as {@code [name, node, tensor]}, several as a list or an object of these. */
    private List<String> ends(String key) {
        List<String> names = new ArrayList<>();
        ends(model.path("config").path(key), names);
        return names;
    }

    private static void ends(JsonNode written, List<String> names) {
        if (written.isArray() && written.path(0).isTextual()) {
            names.add(written.path(0).asText());
        } else if (written.isContainerNode()) {
            written.forEach(one -> ends(one, names));
        }
    }

    private static Optional<String> type(JsonNode config) {
        JsonNode type = config.path("dtype");
        JsonNode name = type.isObject() ? type.path("config").path("name") : type;
        return name.isTextual() ? Optional.of(name.asText()) : Optional.empty();
    }

    private static List<String> shape(JsonNode sizes) {
        List<String> shape = new ArrayList<>();
        sizes.forEach(size -> shape.add(size.isNumber() ? size.asText() : "?"));
        return shape;
    }
}
