package io.mlcicd.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Encodings of text files. */
public enum Encoding {
    UTF_8("utf-8", StandardCharsets.UTF_8),
    UTF_16("utf-16", StandardCharsets.UTF_16),
    LATIN_1("latin-1", StandardCharsets.ISO_8859_1),
    WINDOWS_1252("windows-1252", Charset.forName("windows-1252"));

    private final String key;
    private final Charset charset;

    Encoding(String key, Charset charset) {
        this.key = key;
        this.charset = charset;
    }

    @JsonValue
    public String key() {
        return key;
    }

    /** The encoding of that key; an {@link IllegalArgumentException} when there is none. */
    @JsonCreator
    public static Encoding of(String key) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.key.equals(key.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no encoding is called " + key));
    }

    Charset charset() {
        return charset;
    }
}
