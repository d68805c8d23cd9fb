package io.mlcicd.cli;

import io.mlcicd.config.Project;
import io.mlcicd.data.DataSource;
import io.mlcicd.data.Encoding;
import io.mlcicd.data.FileSource;
import io.mlcicd.data.Format;
import io.mlcicd.data.ReadOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How data files are to be read where they do not tell it by themselves. */
final class ReadingOptions {

    @Option(
            names = "--format",
            converter = ToFormat.class,
            description = "Format of the data: csv, tsv, jsonl, parquet; told by the file's name when left out.")
    private Format format;

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            converter = ToCharacter.class,
            description = "CSV: what separates fields (\\t is a tab); found in the header when left out.")
    private Character delimiter;

    @Option(
            names = "--quote",
            paramLabel = "CHAR",
            converter = ToCharacter.class,
            description = "CSV: what encloses a field; double quotes when left out.")
    private Character quote;

    @Option(
            names = "--header",
            negatable = true,
            description = "CSV: whether the first line names the columns; found in the lines below when left out.")
    private Boolean header;

    @Option(
            names = "--encoding",
            converter = ToEncoding.class,
            description =
                    "Encoding of text: utf-8, utf-16, latin-1, windows-1252; UTF-8, or UTF-16 by its mark, when left out.")
    private Encoding encoding;

    @Option(
            names = "--null",
            paramLabel = "TEXT",
            description = "CSV: a text that stands for no value, beside the empty field; may be repeated.")
    private List<String> nulls = List.of();

    @Option(
            names = "--max-expansion",
            paramLabel = "TIMES",
            description = "How many times its size packed text may unpack to; 500 when left out.")
    private Integer maxExpansion;

    /** The options as the key {@code read} of {@code mlcicd.yml}. */
    Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        put(keys, "delimiter", delimiter);
        put(keys, "quote", quote);
        put(keys, "header", header);
        put(keys, "encoding", encoding);
        put(keys, "nulls", nulls.isEmpty() ? null : nulls);
        put(keys, "maxExpansion", maxExpansion);
        return keys;
    }

    Optional<Format> format() {
        return Optional.ofNullable(format);
    }

    /** A data set on the command line, called after its file or folder. */
    DataSource source(String location) {
        ReadOptions read = new ReadOptions(
                Optional.ofNullable(delimiter),
                Optional.ofNullable(quote),
                Optional.ofNullable(header),
                Optional.ofNullable(encoding),
                nulls,
                maxExpansion == null ? OptionalInt.empty() : OptionalInt.of(maxExpansion));
        if (Project.isUri(location)) {
            return Project.onCluster(
                    location.replaceFirst(".*/([^/]+)/?$", "$1"), location, format().map(Format::key), read);
        }
        Path path = Path.of(location);
        Path name = path.getFileName();
        return new FileSource(
                name == null ? path.toString() : name.toString(), path.toString(), path.toString(), format(), read);
    }

    private static void put(Map<String, Object> keys, String key, Object value) {
        if (value != null) {
            keys.put(key, value);
        }
    }

    /** A character, or the tab as shells can write it. */
    static final class ToCharacter implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            String plain = text.equals("\\t") ? "\t" : text;
            if (plain.length() != 1) {
                throw new TypeConversionException("'" + text + "' is not one character");
            }
            return plain.charAt(0);
        }
    }

    /** A format by its key. */
    static final class ToFormat implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return Arrays.stream(Format.values())
                    .filter(format -> format.key().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' is none of %s"
                            .formatted(
                                    text,
                                    Arrays.stream(Format.values())
                                            .map(Format::key)
                                            .collect(Collectors.joining(", ")))));
        }
    }

    /** An encoding by its key. */
    static final class ToEncoding implements ITypeConverter<Encoding> {
        @Override
        public Encoding convert(String text) {
            return Arrays.stream(Encoding.values())
                    .filter(encoding -> encoding.key().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' is none of %s"
                            .formatted(
                                    text,
                                    Arrays.stream(Encoding.values())
                                            .map(Encoding::key)
                                            .collect(Collectors.joining(", ")))));
        }
    }
}
