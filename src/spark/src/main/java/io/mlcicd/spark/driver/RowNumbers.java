package io.mlcicd.spark.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Numbers rows as a reader of the files would count them. Spark reads pieces of files in any order, so the rows of each
 * piece are counted first; a row's number is then its place in the piece, after all rows of the pieces before. That is one
 * more reading, but no sort.
 */
final class RowNumbers {

    private final SparkSession spark;
    private final Map<String, Integer> order = new HashMap<>();

    /** @param files the files in their order, as Spark names them; those not among them come after */
    RowNumbers(SparkSession spark, List<String> files) {
        this.spark = spark;
        files.forEach(file -> order.putIfAbsent(file, order.size()));
    }

    private record Piece(String file, long start, int partition, long rows, long first) {}

    /** Makes a view of another's rows with their numbers from 1 as a column. */
    void number(String name, String view, String column) {
        Dataset<Row> rows = spark.table(view)
                .withColumn("mlcicd_at", functions.monotonically_increasing_id())
                .withColumn("mlcicd_file", functions.input_file_name())
                .withColumn("mlcicd_start", functions.input_file_block_start())
                .withColumn("mlcicd_part", functions.spark_partition_id());
        List<Piece> pieces = new ArrayList<>();
        for (Row row : rows.groupBy("mlcicd_file", "mlcicd_start", "mlcicd_part")
                .agg(functions.count(functions.lit(1)), functions.min("mlcicd_at"))
                .collectAsList()) {
            pieces.add(new Piece(row.getString(0), row.getLong(1), row.getInt(2), row.getLong(3), row.getLong(4)));
        }
        pieces.sort(Comparator.comparingInt((Piece piece) -> order.getOrDefault(piece.file(), Integer.MAX_VALUE))
                .thenComparing(Piece::file)
                .thenComparingLong(Piece::start)
                .thenComparingInt(Piece::partition));
        List<Row> offsets = new ArrayList<>();
        long before = 0;
        for (Piece piece : pieces) {
            offsets.add(RowFactory.create(piece.file(), piece.start(), piece.partition(), before + 1 - piece.first()));
            before += piece.rows();
        }
        StructType schema = new StructType()
                .add("mlcicd_file", DataTypes.StringType)
                .add("mlcicd_start", DataTypes.LongType)
                .add("mlcicd_part", DataTypes.IntegerType)
                .add("mlcicd_offset", DataTypes.LongType);
        Dataset<Row> known = functions.broadcast(spark.createDataFrame(offsets, schema));
        List<org.apache.spark.sql.Column> columns = new ArrayList<>();
        columns.add(
                functions.col("mlcicd_at").plus(functions.col("mlcicd_offset")).as(column));
        for (String each : spark.table(view).columns()) {
            columns.add(functions.col("`" + each.replace("`", "``") + "`"));
        }
        List<String> keys = List.of("mlcicd_file", "mlcicd_start", "mlcicd_part");
        org.apache.spark.sql.Column same = keys.stream()
                .map(key -> rows.col(key).equalTo(known.col(key)))
                .reduce(org.apache.spark.sql.Column::and)
                .orElseThrow();
        rows.join(known, same)
                .select(columns.toArray(org.apache.spark.sql.Column[]::new))
                .createOrReplaceTempView(name);
    }
}
