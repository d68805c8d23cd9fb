package io.mlcicd.spark;

import io.mlcicd.data.DataEngine;
import io.mlcicd.spark.DriverConnection.Hearing;
import io.mlcicd.spark.DriverConnection.Refused;
import io.mlcicd.spark.driver.Wire;
import java.util.List;
import java.util.Optional;

/** Makes views of rows with their numbers. Only what the reader finds tells files apart, so rows are numbered there. */
final class NumberedRows {

    private final SparkEngine engine;

    NumberedRows(SparkEngine engine) {
        this.engine = engine;
    }

    /**
     * The name of a view.
     *
     * @param table the data set, when the relation is one
     * @param relation what goes after FROM
     */
    String view(Optional<SparkTable> table, String relation, String column) throws InterruptedException {
        String source = table.map(SparkTable::raw).orElseGet(() -> engine.newName("rows"));
        if (table.isEmpty()) {
            // What was written by us is compiled already, and compiling leaves that as it is.
            viewOf(relation, source);
        }
        String number = table.isPresent() ? "mlcicd_number" : column;
        String numbers = engine.newName("numbers");
        try {
            engine.ask(
                    Wire.Ask.NUMBER,
                    out -> {
                        Wire.text(out, numbers);
                        Wire.text(out, source);
                        Wire.text(out, number);
                        Wire.texts(out, table.map(SparkTable::files).orElse(List.of()));
                    },
                    new Hearing() {});
        } catch (Refused e) {
            throw engine.translated(source, e);
        }
        if (table.isEmpty()) {
            return numbers;
        }
        String name = engine.newName("numbered");
        engine.view(
                Wire.Ask.VIEW,
                name,
                "SELECT %s AS %s, %s FROM %s"
                        .formatted(number, DataEngine.quote(column), table.get().select(), numbers));
        return name;
    }

    /** Two runs of a sort may part rows otherwise, so what a query finds is kept. */
    private void viewOf(String relation, String name) throws InterruptedException {
        boolean query = relation.startsWith("(");
        String sql = query ? relation : "SELECT * FROM " + relation;
        try {
            engine.ask(
                    query ? Wire.Ask.KEEP : Wire.Ask.VIEW,
                    out -> {
                        Wire.text(out, name);
                        Wire.text(out, sql);
                    },
                    new Hearing() {});
        } catch (Refused e) {
            throw engine.translated(sql, e);
        }
    }
}
