package io.mlcicd.contract.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlcicd.contract.Contract;
import io.mlcicd.operation.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrictionlessTest {

    private static final String PACKAGE = """
            {
              "name": "shop",
              "resources": [
                {
                  "name": "orders",
                  "path": "orders.csv",
                  "encoding": "iso-8859-1",
                  "dialect": { "delimiter": ";" },
                  "schema": {
                    "fields": [
                      { "name": "id", "type": "integer", "constraints": { "required": true, "minimum": "1" } },
                      { "name": "customer", "type": "integer" },
                      { "name": "price", "type": "number", "decimalChar": ",",
                        "constraints": { "exclusiveMinimum": 0, "maximum": 1e4 } },
                      { "name": "state", "type": "string", "constraints": { "enum": ["open", "paid"] } },
                      { "name": "mail", "type": "string", "format": "email" },
                      { "name": "code", "type": "string",
                        "constraints": { "pattern": "(?=A)AB", "minLength": 2, "maxLength": 9 } },
                      { "name": "place", "type": "geopoint" },
                      { "name": "day", "type": "date", "format": "%d/%m/%Y" }
                    ],
                    "missingValues": ["", "NA", "-"],
                    "fieldsMatch": ["subset"],
                    "primaryKey": "id",
                    "uniqueKeys": [["customer", "day"]],
                    "foreignKeys": [
                      { "fields": "customer", "reference": { "resource": "customers", "fields": "id" } },
                      { "fields": ["id"], "reference": { "resource": "", "fields": ["customer"] } }
                    ]
                  }
                },
                { "name": "customers", "path": "customers.csv",
                  "schema": { "fields": [{ "name": "id", "type": "integer" }] } }
              ]
            }
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("datapackage.json"), text);
    }

    @Test
    void aPackageIsCarriedByItsFirstResource() throws IOException {
        JsonNode contract = ContractImport.read(file(PACKAGE)).orElseThrow().content();

        assertThat(contract.path("contract").asText()).isEqualTo("orders");
        JsonNode columns = contract.path("columns");
        assertThat(columns.path("id").path("maxNullShare").asInt(-1)).isZero();
        assertThat(columns.path("id").path("min").asInt()).isEqualTo(1);
        assertThat(columns.path("price").path("above").asInt(-1)).isZero();
        assertThat(columns.path("price").path("max").asInt()).isEqualTo(10_000);
        assertThat(columns.path("state").path("values"))
                .extracting(JsonNode::asText)
                .containsExactly("open", "paid");
        assertThat(columns.path("code").path("length")).hasToString("{\"min\":2,\"max\":9}");
        assertThat(columns.path("day").path("dateFormat").asText()).isEqualTo("%d/%m/%Y");
        assertThat(contract.path("checks"))
                .hasToString("[{\"primaryKey\":[\"id\"]},{\"unique\":[\"customer\",\"day\"]},"
                        + "{\"foreignKey\":{\"columns\":[\"customer\"],\"in\":\"customers\",\"keys\":[\"id\"]}}]");
    }

    @Test
    void whatIsNotCarriedIsNamed() throws IOException {
        ImportedContract imported = ContractImport.read(file(PACKAGE)).orElseThrow();

        assertThat(imported.left())
                .extracting(ImportedContract.Left::what)
                .containsExactlyInAnyOrder(
                        "resources[1] customers",
                        "resources[0]: dialect",
                        "resources[0]: encoding",
                        "field price: decimalChar",
                        "field code: constraint pattern",
                        "field place: type geopoint",
                        "missingValues [\"\",\"NA\",\"-\"]",
                        "foreignKeys [\"id\"]");
    }

    @Test
    void theImportedPackageIsAContract() throws IOException {
        assertThat(Contract.read(file(PACKAGE)).types())
                .containsOnlyKeys("id", "customer", "price", "state", "mail", "code", "day");
    }

    @Test
    void anExactSchemaForbidsOtherColumnsAndKeepsTheirOrder() throws IOException {
        ImportedContract imported = ContractImport.read(
                        file("{\"fields\": [{\"name\": \"a\"}, {\"name\": \"b\"}], \"missingValues\": [\"\"]}"))
                .orElseThrow();

        assertThat(imported.left()).isEmpty();
        assertThat(imported.content().path("extraColumns").asText()).isEqualTo("forbid");
        assertThat(imported.content().path("checks")).hasToString("[{\"columnOrder\":[\"a\",\"b\"]}]");
    }

    @Test
    void anUnusableFileIsRefusedWithItsPlace() throws IOException {
        assertRefused("{\"fields\": [{\"type\": \"string\"}]}", "fields[0]");
        assertRefused("{\"fields\": [{\"name\": \"a\", ", "datapackage.json:1");
        assertRefused(
                "{\"fields\": [{\"name\": \"a\", \"type\": \"integer\", \"constraints\": {\"minimum\": \"few\"}}]}",
                "min");
    }

    private void assertRefused(String text, String message) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> Contract.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("datapackage.json")
                .hasMessageContaining(message);
    }
}
