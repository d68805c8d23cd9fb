package io.mlcicd.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.data.ClusterSettings;
import io.mlcicd.data.EngineChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The key {@code engine}: a name, or a name and how the cluster is reached. */
record EngineKeys(
        String name,
        Optional<String> submit,
        Optional<String> master,
        Map<String, String> conf,
        List<String> options,
        Optional<String> above) {

    private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([KMGT])I?B?");

    @JsonCreator
    static EngineKeys of(JsonNode node) {
        if (node.isTextual()) {
            return new EngineKeys(
                    node.asText(), Optional.empty(), Optional.empty(), Map.of(), List.of(), Optional.empty());
        }
        Map<String, String> conf = new LinkedHashMap<>();
        node.path("conf")
                .properties()
                .forEach(
                        setting -> conf.put(setting.getKey(), setting.getValue().asText()));
        List<String> options = new ArrayList<>();
        node.path("options").forEach(option -> options.add(option.asText()));
        return new EngineKeys(
                node.path("name").asText("spark"),
                text(node, "submit"),
                text(node, "master"),
                conf,
                options,
                text(node, "above"));
    }

    private static Optional<String> text(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key)).map(JsonNode::asText);
    }

    /** What the section says, with {@code ${NAME}} in settings taken from the environment. */
    EngineChoice choice(Project project, Function<String, String> environment) {
        EngineChoice.Kind kind = EngineChoice.Kind.valueOf(name.toUpperCase(Locale.ROOT));
        ClusterSettings settings = new ClusterSettings(
                        submit.map(path -> project.resolve(path).toString()),
                        master,
                        Variables.fill(project, "/engine/conf", conf, environment),
                        options)
                .in(environment);
        return new EngineChoice(kind, settings, above.map(EngineKeys::bytes).orElse(EngineChoice.DEFAULT_ABOVE));
    }

    private static long bytes(String amount) {
        Matcher matcher = AMOUNT.matcher(amount.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalStateException("the schema lets no other amounts pass: " + amount);
        }
        return (long) (Double.parseDouble(matcher.group(1)) * (1L << (10 * ("KMGT".indexOf(matcher.group(2)) + 1))));
    }
}
