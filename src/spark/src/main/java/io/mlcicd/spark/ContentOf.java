package io.mlcicd.spark;

import io.mlcicd.data.ClusterSource;
import io.mlcicd.data.Column;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Relation;
import io.mlcicd.data.Row;
import io.mlcicd.lineage.Artifact;
import io.mlcicd.lineage.Digests;
import io.mlcicd.spark.DriverConnection.Refused;
import io.mlcicd.spark.driver.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Data sets that only the cluster reaches, by their content. Files have the digest that they would have in a folder of this
 * machine. Of tables, whose files are the format's own affair, it is SHA-256 of the columns, the number of rows, and the
 * sum of the rows' 64-bit hashes (xxHash64): the same rows have the same digest in any order. That guards against
 * accidents, not against somebody who composes rows in order to deceive.
 */
final class ContentOf {

    /** Formats whose folders hold more than the rows that are valid now. */
    private static final Set<String> TABLES = Set.of("delta", "iceberg", "hudi", "jdbc");

    private final SparkEngine engine;

    ContentOf(SparkEngine engine) {
        this.engine = engine;
    }

    Artifact artifact(DataSource source) throws InterruptedException {
        if (source instanceof ClusterSource cluster
                && cluster.format().filter(format -> !TABLES.contains(format)).isPresent()) {
            return files(cluster);
        }
        return rows(engine.open(source));
    }

    private Artifact files(ClusterSource source) throws InterruptedException {
        List<Row> files = new ArrayList<>();
        try {
            engine.ask(
                    Wire.Ask.DIGEST,
                    out -> Wire.texts(out, List.of(source.location())),
                    DriverConnection.rows(files::add));
        } catch (Refused e) {
            throw engine.translated(source.location(), e);
        }
        Map<String, String> digests = new LinkedHashMap<>();
        long bytes = 0;
        for (Row file : files) {
            digests.put(file.text("path").orElseThrow(), file.text("digest").orElseThrow());
            bytes += file.count("size");
        }
        return new Artifact(source.name(), source.shown(), Digests.ofFolder(digests), bytes);
    }

    private Artifact rows(Relation data) throws InterruptedException {
        String columns = data.columns().stream()
                .map(column -> DataEngine.quote(column.name()))
                .collect(Collectors.joining(", "));
        String bytes = data.columns().stream().map(ContentOf::bytes).collect(Collectors.joining(" + "));
        Row answer = engine.query("SELECT count(*) AS n, CAST(sum(CAST(xxhash64(" + columns
                        + ") AS HUGEINT)) AS VARCHAR) AS s, sum(CAST(" + bytes + " AS BIGINT)) AS bytes FROM "
                        + data.sql())
                .get(0);
        String names = data.columns().stream().map(ContentOf::described).collect(Collectors.joining(", "));
        String text = names + "\n" + answer.count("n") + "\n" + answer.text("s").orElse("0") + "\n";
        return new Artifact(
                data.source().name(),
                data.source().shown(),
                Digests.of(text.getBytes(StandardCharsets.UTF_8)),
                answer.count("bytes"));
    }

    /** How large a value is: a text's bytes in UTF-8, and the eight that any other takes at most. */
    private static String bytes(Column column) {
        String name = DataEngine.quote(column.name());
        return switch (column.type()) {
            case STRING -> "COALESCE(octet_length(" + name + "), 0)";
            case OTHER -> "COALESCE(octet_length(CAST(" + name + " AS VARCHAR)), 0)";
            default -> "CASE WHEN " + name + " IS NULL THEN 0 ELSE 8 END";
        };
    }

    private static String described(Column column) {
        return column.name() + " " + column.type().key();
    }
}
