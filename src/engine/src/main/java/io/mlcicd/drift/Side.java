package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.lineage.Artifact;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One side of the comparison, answering the same questions whether it is data or a profile of data. Columns are asked
 * for together, so that data are read once for each question and not once for each column.
 */
sealed interface Side permits RawSide, ProfileSide {

    /** What is compared, with its number of rows. */
    ComparedData summary() throws InterruptedException;

    /** The columns it has, in their order. */
    List<Column> columns();

    /** The file that was read. */
    Artifact input();

    /** The data sets behind it, by content. */
    List<Artifact> data();

    /** An overview of each of these columns, by name; with the deciles of numbers when these are asked for. */
    Map<String, Overview> overview(Collection<Column> columns, boolean deciles) throws InterruptedException;

    /** For each numeric column the number of values below each of these points, which rise. */
    Map<String, double[]> below(Map<Column, List<Double>> points) throws InterruptedException;

    /** The categories of each of these columns. */
    Map<String, Categories> categories(Collection<Column> columns) throws InterruptedException;

    /** Points where {@link #below} is exact; empty when it is exact everywhere. */
    List<Double> knots(Column column);
}
