package io.mlcicd.spark.driver;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Answers what is asked, one question after the other. */
final class Asked {

    /** So many values go over the wire at a time. */
    private static final int BATCH = 8192;

    private final SparkSession spark;
    private final Teller teller;

    Asked(SparkSession spark, Teller teller) {
        this.spark = spark;
        this.teller = teller;
        Functions.register(spark);
        // What stands in the names of folders is typed as other text is, which 007 as a number would forestall.
        spark.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
        // Otherwise it takes no windows-1252.
        spark.conf().set("spark.sql.legacy.javaCharsets", "true");
        // Columns of nanoseconds would otherwise be refused.
        spark.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
        compileAllThatCanBe();
    }

    /**
     * A virtual machine interprets methods of more bytecodes than these for ever; Spark then has ways of smaller ones. Tables of
     * many columns it would not compile at all.
     */
    private void compileAllThatCanBe() {
        setUnlessSaid("spark.sql.codegen.hugeMethodLimit", "8000");
        setUnlessSaid("spark.sql.codegen.maxFields", "1000");
    }

    private void setUnlessSaid(String setting, String value) {
        if (!spark.sparkContext().getConf().contains(setting)) {
            spark.conf().set(setting, value);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Reads a question; what is returned answers it. */
    Runnable read(Wire.Ask ask, DataInputStream in) throws IOException {
        Work work = switch (ask) {
            case QUERY -> {
                String sql = Wire.text(in);
                yield () -> query(sql);
            }
            case STREAM -> {
                String sql = Wire.text(in);
                yield () -> stream(sql);
            }
            case SCAN -> {
                String sql = Wire.text(in);
                int columns = in.readInt();
                yield () -> scan(sql, columns);
            }
            case SCHEMA -> {
                String sql = Wire.text(in);
                yield () -> columns(spark.sql(sql));
            }
            case VIEW, KEEP -> {
                String name = Wire.text(in);
                String sql = Wire.text(in);
                yield () -> view(name, sql, ask == Wire.Ask.KEEP);
            }
            case LOAD -> load(in);
            case NUMBER -> {
                String name = Wire.text(in);
                String view = Wire.text(in);
                String column = Wire.text(in);
                List<String> files = Wire.texts(in);
                yield () -> new RowNumbers(spark, files).number(name, view, column);
            }
            case DIGEST -> {
                List<String> paths = Wire.texts(in);
                yield () -> digest(paths);
            }
            case CLOSE -> () -> {};
        };
        return () -> answer(work);
    }

    private void answer(Work work) {
        try {
            work.run();
            teller.done();
        } catch (Exception | LinkageError | StackOverflowError e) {
            boolean ended = spark.sparkContext().isStopped();
            Failure failure =
                    ended ? new Failure(Wire.Fault.CLUSTER, "the cluster ended the application") : Failure.of(e);
            teller.error(failure.fault(), failure.message());
        }
    }

    void cancel() {
        spark.sparkContext().cancelAllJobs();
    }

    private void columns(Dataset<Row> data) {
        List<String> types = new ArrayList<>();
        for (StructField field : data.schema().fields()) {
            types.add(field.dataType().sql());
        }
        teller.columns(Arrays.asList(data.schema().fieldNames()), types);
    }

    private void query(String sql) {
        Dataset<Row> data = spark.sql(sql);
        columns(data);
        send(data.collectAsList().iterator(), data.schema().size());
    }

    /** Partition after partition comes to this process, never the whole. */
    private void stream(String sql) {
        Dataset<Row> data = spark.sql(sql);
        columns(data);
        send(data.toLocalIterator(), data.schema().size());
    }

    private void send(Iterator<Row> rows, int width) {
        List<Object[]> batch = new ArrayList<>();
        while (rows.hasNext()) {
            Row row = rows.next();
            Object[] values = new Object[width];
            for (int i = 0; i < width; i++) {
                values[i] = Values.plain(row.get(i));
            }
            batch.add(values);
            if (batch.size() * (long) width >= BATCH) {
                teller.rows(batch);
                batch.clear();
            }
        }
        teller.rows(batch);
    }

    /** Columns beyond those that are wanted say how rows are ordered. */
    private void scan(String sql, int width) {
        Dataset<Row> data = spark.sql(sql);
        double[] batch = new double[Math.max(1, BATCH / width) * width];
        int filled = 0;
        Iterator<Row> rows = data.toLocalIterator();
        while (rows.hasNext()) {
            Row row = rows.next();
            for (int i = 0; i < width; i++) {
                batch[filled++] = Values.number(row.get(i));
            }
            if (filled == batch.length) {
                teller.doubles(batch, filled);
                filled = 0;
            }
        }
        teller.doubles(batch, filled);
    }

    private void view(String name, String sql, boolean kept) {
        Dataset<Row> data = spark.sql(sql);
        if (kept) {
            data = data.persist(StorageLevel.MEMORY_AND_DISK());
        }
        data.createOrReplaceTempView(name);
        columns(data);
    }

    private Work load(DataInputStream in) throws IOException {
        String name = Wire.text(in);
        String format = Wire.text(in);
        List<String> columns = Wire.texts(in);
        List<String> options = Wire.texts(in);
        List<String> paths = Wire.texts(in);
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i + 1 < options.size(); i += 2) {
            settings.put(options.get(i), options.get(i + 1));
        }
        return () -> {
            DataFrameReader reader = spark.read().options(settings);
            if (!columns.isEmpty()) {
                reader = reader.schema(texts(columns));
            }
            Dataset<Row> data = format.equals("table")
                    ? spark.table(paths.get(0))
                    : settings.containsKey(Wire.APART)
                            ? united(reader.format(format), paths)
                            : reader.format(format).load(paths.toArray(String[]::new));
            data.createOrReplaceTempView(name);
            columns(data);
        };
    }

    private static Dataset<Row> united(DataFrameReader reader, List<String> paths) {
        Dataset<Row> all = reader.load(paths.get(0));
        for (String path : paths.subList(1, paths.size())) {
            all = all.unionByName(reader.load(path));
        }
        return all;
    }

    private static StructType texts(List<String> columns) {
        StructField[] fields = columns.stream()
                .map(column -> new StructField(column, DataTypes.StringType, true, Metadata.empty()))
                .toArray(StructField[]::new);
        return new StructType(fields);
    }

    private void digest(List<String> paths) throws IOException {
        teller.columns(List.of("path", "size", "digest"), List.of("STRING", "BIGINT", "STRING"));
        teller.rows(new ContentDigests(spark).of(paths));
    }
}
