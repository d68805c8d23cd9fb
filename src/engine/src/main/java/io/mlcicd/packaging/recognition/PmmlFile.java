package io.mlcicd.packaging.recognition;

import io.mlcicd.packaging.recognition.Signature.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a PMML document (Data Mining Group, PMML 3 and 4): DataDictionary, and MiningSchema and Output of the first
 * model. What comes after is not read.
 */
final class PmmlFile {

    private final Map<String, String> versions = new TreeMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final List<Field> inputs = new ArrayList<>();
    private final List<Field> outputs = new ArrayList<>();
    private final List<Field> targets = new ArrayList<>();

    private PmmlFile() {}

    /**
     * Reads the document's head.
     *
     * @return empty when it is XML of something else
     * @throws IOException when it is broken
     */
    static Optional<ModelFacts> read(Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // A document must not make us read other files or addresses.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            try {
                return new PmmlFile().document(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new IOException("line %d: %s"
                    .formatted(
                            e.getLocation() == null ? 0 : e.getLocation().getLineNumber(),
                            String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ")));
        }
    }

    private Optional<ModelFacts> document(XMLStreamReader reader) throws XMLStreamException {
        boolean schema = false;
        boolean inSchema = false;
        boolean root = true;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("MiningSchema")) {
                schema = true;
                inSchema = false;
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && reader.getLocalName().equals("Output")
                    && schema) {
                break;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            String element = reader.getLocalName();
            if (root && !element.equals("PMML")) {
                return Optional.empty();
            }
            root = false;
            inSchema |= element.equals("MiningSchema") && !schema;
            if (schema && element.equals("Segment")) {
                // The models inside have schemas of their own, which are nobody's business from outside.
                break;
            }
            element(reader, element, inSchema);
        }
        return Optional.of(
                new ModelFacts(ModelKind.PMML, versions, new Signature(inputs, outputs.isEmpty() ? targets : outputs)));
    }

    private void element(XMLStreamReader reader, String element, boolean inSchema) {
        String name = attribute(reader, "name").orElse("");
        switch (element) {
            case "PMML" -> attribute(reader, "version").ifPresent(version -> versions.put("pmml", version));
            case "Application" ->
                versions.put(
                        "producer", (name + " " + attribute(reader, "version").orElse("")).strip());
            case "DataField" -> attribute(reader, "dataType").ifPresent(type -> types.put(name, type));
            case "MiningField" -> {
                if (inSchema) {
                    field(name, attribute(reader, "usageType").orElse("active"));
                }
            }
            case "OutputField" -> outputs.add(Field.column(name, attribute(reader, "dataType")));
            default -> {
                if (element.endsWith("Model") || element.equals("Scorecard") || element.equals("RuleSetModel")) {
                    versions.putIfAbsent("model", element);
                }
            }
        }
    }

    private void field(String name, String usage) {
        Field field = Field.column(name, Optional.ofNullable(types.get(name)));
        switch (usage) {
            case "active" -> inputs.add(field);
            case "target", "predicted" -> targets.add(field);
            default -> {
                // Supplementary fields, weights and the like need not be given.
            }
        }
    }

    private static Optional<String> attribute(XMLStreamReader reader, String name) {
        return Optional.ofNullable(reader.getAttributeValue(null, name));
    }
}
