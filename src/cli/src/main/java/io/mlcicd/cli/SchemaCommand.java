package io.mlcicd.cli;

import io.mlcicd.document.JsonSchemas;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a published JSON Schema, for editors and for programs that read result documents. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of a file that ml-cicd reads or writes.",
        footer = "  mlcicd schema mlcicd > mlcicd.schema.json")
final class SchemaCommand implements Runnable {

    /** The documents with a published schema. */
    enum Document {
        mlcicd,
        contract,
        profile,
        smoke,
        result,
        lineage
    }

    private final Terminal terminal;

    @Parameters(paramLabel = "DOCUMENT", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Document document;

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        terminal.out().print(JsonSchemas.text(document.name() + ".schema.json"));
        terminal.out().flush();
    }
}
