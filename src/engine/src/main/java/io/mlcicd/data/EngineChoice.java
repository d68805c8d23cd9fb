package io.mlcicd.data;

/**
 * Which engine computes.
 *
 * @param kind which, or how it is found
 * @param cluster how the cluster is reached
 * @param above for {@link Kind#AUTO}: of files larger than this many bytes together, the cluster computes
 */
public record EngineChoice(Kind kind, ClusterSettings cluster, long above) {

    /**
     * What one machine still reads in minutes. From where on a cluster is faster depends on the cluster, and is for those to
     * say who have measured it on theirs.
     */
    public static final long DEFAULT_ABOVE = 50L << 30;

    /** The engine in this process. */
    public static final EngineChoice EMBEDDED = new EngineChoice(Kind.EMBEDDED, ClusterSettings.FOUND, DEFAULT_ABOVE);

    /** Which engine. */
    public enum Kind {
        /** DuckDB in this process. */
        EMBEDDED,
        /** Apache Spark. */
        SPARK,
        /** Spark for data that are large or reached by it alone, else the one in this process. */
        AUTO
    }
}
