package io.mlcicd.spark;

import io.mlcicd.data.Column;
import io.mlcicd.data.DataSource;
import java.util.List;

/**
 * A data set as Spark has it.
 *
 * @param source what was opened
 * @param name the view that queries ask
 * @param raw the view of what the reader finds, which still knows files
 * @param select the list that makes the columns of the view from it
 * @param files the files in their order, as Spark names them; empty when it found them itself
 * @param columns the view's columns
 */
record SparkTable(
        DataSource source, String name, String raw, String select, List<String> files, List<Column> columns) {}
