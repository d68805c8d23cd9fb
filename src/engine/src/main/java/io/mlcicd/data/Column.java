package io.mlcicd.data;

/** A column as the engine sees it: its name and type. */
public record Column(String name, ColumnType type) {}
