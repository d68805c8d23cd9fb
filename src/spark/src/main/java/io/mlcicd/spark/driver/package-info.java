/**
 * The program that runs inside Spark: it answers queries for the engine, which asks over a socket. It needs Spark and
 * Java alone, so that no library of ours meets another version of itself on a cluster's class path.
 */
package io.mlcicd.spark.driver;
