package io.mlcicd.data;

import io.mlcicd.operation.Progress;
import java.util.Collection;

/** Starts data engines for operations, which do not care where data are computed on. Safe for use by several threads. */
@FunctionalInterface
public interface DataEngines {

    /** Engines in this process. */
    DataEngines EMBEDDED = (sources, progress) -> DataEngine.embedded(sources);

    /**
     * Starts an engine; whatever it is asked later, of all data it reaches these data sets alone where it can hold to that.
     *
     * @param sources all data sets that will be opened
     * @param progress hears which engine was chosen and, of one elsewhere, how far it is
     * @throws io.mlcicd.operation.InvalidInputException when files cannot be listed, or the engine is not installed
     * @throws io.mlcicd.operation.OutsideSystemException when it does not start
     * @throws InterruptedException when the calling thread was interrupted
     */
    DataEngine open(Collection<? extends DataSource> sources, Progress progress) throws InterruptedException;
}
