package io.mlcicd.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mlcicd.document.Spelling;
import io.mlcicd.document.YamlDocument;
import io.mlcicd.document.YamlDocument.Replacement;
import io.mlcicd.operation.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Puts the settings of one environment in the place of those of {@code deploy}. */
final class Environments {

    private static final String ALL = "/deploy/environments";

    /** What is one decision, and not a group of settings of which some may be replaced. */
    private static final Set<String> WHOLE = Set.of("strategy");

    private Environments() {}

    /**
     * The document as it is for that environment. A deployment that the environment does not name is named after the
     * deployment or model, with the environment's name behind.
     *
     * @throws InvalidInputException when there is no such environment
     */
    static YamlDocument of(YamlDocument document, String environment) {
        JsonNode all = document.content().at(ALL);
        TreeSet<String> names = new TreeSet<>();
        all.fieldNames().forEachRemaining(names::add);
        if (!names.contains(environment)) {
            throw document.error(
                    ALL,
                    "there is no environment '%s'%s; there are: %s"
                            .formatted(
                                    environment,
                                    Spelling.hint(environment, names),
                                    names.isEmpty() ? "none" : String.join(", ", names)));
        }
        String source = document.file() + ": environment '" + environment + "'";
        List<Replacement> replacements = new ArrayList<>();
        JsonNode own = all.get(environment);
        replace(replacements, "/deploy", own, source);
        if (!own.has("name")) {
            String base = document.content()
                    .at("/deploy/name")
                    .asText(document.content().at("/model/name").asText());
            replacements.add(new Replacement(
                    "/deploy/name", JsonNodeFactory.instance.textNode(base + "-" + environment), source));
        }
        return document.with(replacements);
    }

    private static void replace(List<Replacement> replacements, String pointer, JsonNode own, String source) {
        own.properties().forEach(entry -> {
            String below = pointer + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
            if (entry.getValue().isObject() && !WHOLE.contains(entry.getKey())) {
                replace(replacements, below, entry.getValue(), source);
            } else {
                replacements.add(new Replacement(below, entry.getValue(), source));
            }
        });
    }
}
