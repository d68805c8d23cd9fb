package io.mlcicd.spark;

import io.mlcicd.data.ClusterSource;
import io.mlcicd.data.Column;
import io.mlcicd.data.ColumnType;
import io.mlcicd.data.CsvDialect;
import io.mlcicd.data.DataEngine;
import io.mlcicd.data.DataFiles;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.DatabaseSource;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.Partitions;
import io.mlcicd.data.ReadOptions;
import io.mlcicd.data.Row;
import io.mlcicd.data.TextForm;
import io.mlcicd.operation.InvalidInputException;
import io.mlcicd.spark.DriverConnection.Refused;
import io.mlcicd.spark.driver.Wire;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes a view of a data set: what Spark's reader finds, with the types that the engine in our own process gives them. */
final class SparkSources {

    /** Line ends of these are more than one byte. */
    private static final Set<Charset> WIDE =
            Set.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private final SparkEngine engine;
    private final String name;

    SparkSources(SparkEngine engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    SparkTable open(DataSource source) throws InterruptedException {
        if (source instanceof DatabaseSource database) {
            return database(database);
        }
        return source instanceof FileSource file ? files(file) : cluster((ClusterSource) source);
    }

    private String raw() {
        return name + "_raw";
    }

    /** What a reader is told. */
    private record Reading(String format, List<String> columns, Map<String, String> options, List<String> paths) {

        Reading with(String option, String value) {
            Map<String, String> more = new TreeMap<>(options);
            more.put(option, value);
            return new Reading(format, columns, more, paths);
        }
    }

    private Map<String, String> load(Reading reading) throws Refused, InterruptedException {
        List<String> options = new ArrayList<>();
        reading.options().forEach((key, value) -> options.addAll(List.of(key, value)));
        return engine.columns(Wire.Ask.LOAD, out -> {
            Wire.text(out, raw());
            Wire.text(out, reading.format());
            Wire.texts(out, reading.columns());
            Wire.texts(out, options);
            Wire.texts(out, reading.paths());
        });
    }

    /**
     * What is known of text before Spark reads it.
     *
     * @param keys the keys in the names of the files' folders, which are texts too
     * @param shown the first file, for messages
     * @param files the files in their order, as Spark names them
     * @param problem finds out what is wrong with them
     */
    private record Texts(List<String> keys, String shown, List<String> files, Diagnosis problem) {
        static final Texts UNKNOWN = new Texts(List.of(), "", List.of(), Optional::empty);
    }

    private interface Diagnosis {
        Optional<String> problem() throws InterruptedException;
    }

    private SparkTable files(FileSource source) throws InterruptedException {
        DataFiles files = DataFiles.of(source);
        FileSource known = new FileSource(
                source.name(), source.location(), source.shown(), Optional.of(files.format()), source.read());
        Map<String, String> options = new TreeMap<>();
        if (Files.isDirectory(files.base())) {
            options.put("basePath", "file:" + files.base().toAbsolutePath().normalize());
        }
        List<String> paths = files.paths().stream().map(SparkSources::pattern).toList();
        Reading reading = new Reading(files.format().key(), List.of(), options, paths);
        if (files.format() == Format.PARQUET) {
            return parquet(known, files, reading);
        }
        TextForm form = TextForm.of(files, source.read());
        Texts texts = new Texts(
                Partitions.keys(files.files()),
                files.files().get(0).shown(),
                named(files),
                () -> form.problem(files, source.read()));
        try {
            return form.csv().isPresent()
                    ? csv(known, reading, form.charset(), form.csv().get(), texts)
                    : json(
                            known,
                            new Reading("json", List.of(), options, paths)
                                    .with("encoding", form.charset().name()),
                            form.keys(),
                            texts);
        } catch (Refused e) {
            throw refusal(source, texts.problem().problem(), e);
        }
    }

    /** The files as Spark names them when it is asked for a row's. */
    private static List<String> named(DataFiles files) {
        return files.paths().stream()
                .map(path -> path.toAbsolutePath().normalize().toUri().toString())
                .toList();
    }

    /** A path that stands for itself where patterns may stand. */
    private static String pattern(Path path) {
        return "file:" + path.toAbsolutePath().normalize().toString().replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }

    private static InvalidInputException refusal(DataSource source, Optional<String> problem, Refused e) {
        return new InvalidInputException(
                problem.orElseGet(() -> source.shown() + " cannot be read: " + e.getMessage()), e);
    }

    private SparkTable csv(FileSource source, Reading files, Charset charset, CsvDialect dialect, Texts texts)
            throws Refused, InterruptedException {
        Partitions.refuse(texts.keys(), dialect.names(), texts.shown());
        Map<String, String> told = new TreeMap<>(files.options());
        told.putAll(csvOptions(dialect.delimiter(), dialect.quote(), dialect.header()));
        told.put("encoding", charset.name());
        Reading reading = new Reading("csv", dialect.names(), told, files.paths());
        // A field that goes over several lines keeps Spark from reading a file in pieces.
        boolean whole = WIDE.contains(charset) || endsInQuotes(files, dialect.quote(), texts);
        return text(source, load(whole ? reading.with("multiLine", "true") : reading), source.read(), texts);
    }

    /** Whether any line ends inside a quoted field: the first that does has an odd number of quotes, and no file has. */
    private boolean endsInQuotes(Reading files, char quote, Texts texts) throws Refused, InterruptedException {
        load(new Reading("text", List.of(), files.options(), files.paths()));
        String quotes =
                "length(value) - length(replace(value, %s, ''))".formatted(DataEngine.literal(String.valueOf(quote)));
        Row found = engine.answer(
                ("SELECT max(odd) AS odd, max(open) AS open FROM (SELECT max((%1$s) %% 2) AS odd, sum(%1$s) %% 2 AS"
                                + " open FROM %2$s GROUP BY input_file_name())")
                        .formatted(quotes, raw()));
        Optional<String> problem = found.count("open") > 0 ? texts.problem().problem() : Optional.empty();
        if (problem.isPresent()) {
            throw new InvalidInputException(problem.get());
        }
        return found.count("odd") > 0;
    }

    private static Map<String, String> csvOptions(char delimiter, char quote, boolean header) {
        Map<String, String> options = new TreeMap<>();
        options.put("sep", String.valueOf(delimiter));
        options.put("quote", String.valueOf(quote));
        options.put("escape", String.valueOf(quote));
        options.put("header", String.valueOf(header));
        options.put("mode", "FAILFAST");
        options.put("unescapedQuoteHandling", "RAISE_ERROR");
        options.put("maxColumns", String.valueOf(CsvDialect.MOST_COLUMNS));
        return options;
    }

    /** Columns of text: one job looks which type each one's values have. */
    private SparkTable text(DataSource source, Map<String, String> found, ReadOptions read, Texts texts)
            throws Refused, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        found.keySet().forEach(column -> values.put(column, value(DataEngine.quote(column), read)));
        Map<String, ColumnType> types =
                SparkTextTypes.choose(List.copyOf(values.keySet()), census(values, values.keySet(), texts));
        Map<String, String> select = new LinkedHashMap<>();
        types.forEach((column, type) -> select.put(column, SparkTextTypes.value(values.get(column), type)));
        return view(source, select, types, texts.files(), true);
    }

    private static String value(String column, ReadOptions read) {
        List<String> nulls = new ArrayList<>(List.of(""));
        nulls.addAll(read.nulls());
        return "CASE WHEN %1$s IN (%2$s) THEN NULL ELSE %1$s END"
                .formatted(column, nulls.stream().map(DataEngine::literal).collect(Collectors.joining(", ")));
    }

    /** Which kinds of values columns of text have. Whoever wrote something else than text is told so. */
    private Row census(Map<String, String> expressions, Set<String> columns, Texts texts)
            throws Refused, InterruptedException {
        String list = columns.stream()
                .map(column -> expressions.get(column) + " AS " + DataEngine.quote(column))
                .collect(Collectors.joining(", "));
        List<String> names = List.copyOf(columns);
        Row census = engine.answer(SparkTextTypes.census(names, "(SELECT " + list + " FROM " + raw() + ") AS texts"));
        if (SparkTextTypes.anyReplaced(names.size(), census)) {
            Optional<String> problem = texts.problem().problem();
            if (problem.isPresent()) {
                throw new InvalidInputException(problem.get());
            }
        }
        return census;
    }

    private SparkTable json(DataSource source, Reading reading, List<String> order, Texts known)
            throws Refused, InterruptedException {
        Map<String, String> found =
                load(reading.with("mode", "FAILFAST").with("columnNameOfCorruptRecord", "mlcicd corrupt record"));
        List<String> own = new ArrayList<>(found.keySet());
        own.removeAll(known.keys());
        if (own.size() + known.keys().size() > found.size()) {
            Partitions.refuse(known.keys(), order, source.shown());
        }
        FlatColumns flat = FlatColumns.of(engine, raw(), source.shown(), found).inOrder(order);
        Map<String, ColumnType> types = new LinkedHashMap<>();
        Map<String, String> select = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        flat.types().forEach((column, type) -> {
            types.put(column, SparkTypes.type(type));
            select.put(column, SparkTypes.normal(flat.expressions().get(column), type));
            if (SparkTypes.type(type) == ColumnType.STRING) {
                texts.put(column, flat.expressions().get(column));
            }
        });
        if (!texts.isEmpty()) {
            List<String> names = List.copyOf(texts.keySet());
            Row census = census(texts, texts.keySet(), known);
            Map<String, ColumnType> inFolders = SparkTextTypes.choose(names, census);
            SparkTextTypes.chooseJson(names, census).forEach((column, type) -> {
                ColumnType chosen = known.keys().contains(column) ? inFolders.get(column) : type;
                types.put(column, chosen);
                select.put(column, SparkTextTypes.value(texts.get(column), chosen));
            });
        }
        return view(source, select, types, known.files(), true);
    }

    /** The engine in this process looks at each file's columns, and tells what is wrong with them. */
    private SparkTable parquet(FileSource source, DataFiles files, Reading reading) throws InterruptedException {
        Map<String, ColumnType> wanted = new LinkedHashMap<>();
        try (DataEngine here = DataEngine.embedded(source)) {
            here.open(source).columns().forEach(column -> wanted.put(column.name(), column.type()));
        }
        Reading merged =
                reading.with("mergeSchema", String.valueOf(files.files().size() > 1));
        try {
            Map<String, String> found;
            try {
                found = load(merged);
            } catch (Refused e) {
                // Their columns are of types that Spark makes one when it unites rows, but not when it reads files.
                found = load(reading.with(Wire.APART, "true"));
            }
            FlatColumns flat =
                    FlatColumns.of(engine, raw(), source.shown(), found).inOrder(wanted.keySet());
            Map<String, ColumnType> types = new LinkedHashMap<>();
            Map<String, String> select = new LinkedHashMap<>();
            flat.types().forEach((column, type) -> {
                ColumnType here = wanted.getOrDefault(column, SparkTypes.type(type));
                types.put(column, here);
                select.put(column, SparkTypes.as(here, flat.expressions().get(column), type));
            });
            return view(source, select, types, named(files), false);
        } catch (Refused e) {
            throw refusal(source, Optional.empty(), e);
        }
    }

    private SparkTable typed(DataSource source, Reading reading) throws Refused, InterruptedException {
        FlatColumns flat = FlatColumns.of(engine, raw(), source.shown(), load(reading));
        Map<String, ColumnType> types = new LinkedHashMap<>();
        Map<String, String> select = new LinkedHashMap<>();
        flat.types().forEach((column, type) -> {
            types.put(column, SparkTypes.type(type));
            select.put(column, SparkTypes.normal(flat.expressions().get(column), type));
        });
        return view(source, select, types, List.of(), false);
    }

    private SparkTable view(
            DataSource source,
            Map<String, String> select,
            Map<String, ColumnType> types,
            List<String> files,
            boolean kept)
            throws InterruptedException {
        String list = select.entrySet().stream()
                .map(column -> column.getValue() + " AS " + DataEngine.quote(column.getKey()))
                .collect(Collectors.joining(", "));
        // Text is parsed once; what has types of its own is read column by column, where it lies.
        engine.view(kept ? Wire.Ask.KEEP : Wire.Ask.VIEW, name, "SELECT " + list + " FROM " + raw());
        List<Column> columns = types.entrySet().stream()
                .map(column -> new Column(column.getKey(), column.getValue()))
                .toList();
        return new SparkTable(source, name, raw(), list, files, columns);
    }

    private SparkTable database(DatabaseSource source) throws InterruptedException {
        Map<String, String> options = new TreeMap<>();
        options.put("url", source.url());
        source.table().ifPresent(table -> options.put("dbtable", table));
        source.query().ifPresent(query -> options.put("query", query));
        source.login().user().ifPresent(user -> options.put("user", user));
        source.login().password().ifPresent(password -> options.put("password", password));
        try {
            return typed(source, new Reading("jdbc", List.of(), options, List.of()));
        } catch (Refused e) {
            throw refusal(source, Optional.empty(), e);
        }
    }

    private SparkTable cluster(ClusterSource source) throws InterruptedException {
        List<String> paths = List.of(source.location());
        try {
            if (source.isTable()) {
                return typed(source, new Reading("table", List.of(), Map.of(), paths));
            }
            String format = source.format().orElseThrow().toLowerCase(Locale.ROOT);
            return switch (format) {
                case "csv", "tsv" -> {
                    Map<String, String> options = csvOptions(
                            source.read().delimiter().orElse(format.equals("tsv") ? '\t' : ','),
                            source.read().quote().orElse('"'),
                            source.read().header().orElse(true));
                    source.read().encoding().ifPresent(encoding -> options.put("encoding", encoding.key()));
                    yield text(
                            source, load(new Reading("csv", List.of(), options, paths)), source.read(), Texts.UNKNOWN);
                }
                case "json", "jsonl" ->
                    json(source, new Reading("json", List.of(), Map.of(), paths), List.of(), Texts.UNKNOWN);
                default -> typed(source, new Reading(format, List.of(), Map.of(), paths));
            };
        } catch (Refused e) {
            throw refusal(source, Optional.empty(), e);
        }
    }

    /** The format of a file name's ending, for a URI without one said. */
    static Format formatOf(String location) {
        return Format.ofFileName(location);
    }
}
