/** The data engine for data that outgrow one machine: Apache Spark, started with {@code spark-submit} and asked over a socket. */
package io.mlcicd.spark;
