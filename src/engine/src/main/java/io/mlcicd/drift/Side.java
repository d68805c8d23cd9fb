package io.mlcicd.drift;

import io.mlcicd.data.Column;
import io.mlcicd.drift.DriftDetails.ComparedData;
import io.mlcicd.lineage.Artifact;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One side of the comparison, answering the same questions whether it is data or a profile of data. Columns are asked
 * for together, so that data are read once for each question and not once for each column.
 */
sealed interface Side permits RawSide, ProfileSide, MergedProfileSide {

    /** What is compared, with its number of rows. */
    ComparedData summary() throws InterruptedException;

    /** The columns it has, in their order. */
    List<Column> columns();

    /** The file that was read. */
    Artifact input();

    /** The data sets behind it, by content. */
    List<Artifact> data();

    /** An overview of each of these columns, by name. */
    Map<String, Overview> overview(Collection<Column> columns) throws InterruptedException;

    /** The categories of each of these columns. */
    Map<String, Categories> categories(Collection<Column> columns) throws InterruptedException;

    /** What a profile tells of a column of numbers; empty where the values themselves are there. */
    Optional<ProfiledNumbers> profiled(Column column) throws InterruptedException;
}
