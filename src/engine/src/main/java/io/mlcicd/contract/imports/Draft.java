package io.mlcicd.contract.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A contract on its way from another tool's file. */
final class Draft {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode content = JSON.objectNode();
    private final ObjectNode columns = JSON.objectNode();
    private final List<ImportedContract.Left> left = new ArrayList<>();
    private int carried;

    Draft(String name) {
        content.put("contract", name.isBlank() ? "imported" : name);
    }

    /** A mapping of one key. */
    static ObjectNode node(String key, JsonNode value) {
        ObjectNode node = JSON.objectNode();
        node.set(key, value);
        return node;
    }

    static ObjectNode node(String key, String value) {
        return JSON.objectNode().put(key, value);
    }

    static ObjectNode node(String key, boolean value) {
        return JSON.objectNode().put(key, value);
    }

    /** The contract's own keys. */
    ObjectNode root() {
        return content;
    }

    /** A column, which is made when it is first asked for. */
    ObjectNode column(String name) {
        return columns.withObjectProperty(name);
    }

    /** One more check of a column. */
    void check(String column, ObjectNode check) {
        column(column).withArrayProperty("checks").add(check);
    }

    /** One more check of the data set. */
    void check(ObjectNode check) {
        content.withArrayProperty("checks").add(check);
    }

    /** Counts one check of the file that the contract now has. */
    void carry() {
        carried++;
    }

    void leave(String what, String why) {
        left.add(new ImportedContract.Left(what, why));
    }

    ImportedContract done(String tool) {
        content.set("columns", columns);
        return new ImportedContract(tool, content, carried, left);
    }
}
