/** Deequ on local Spark, as a peer in a process of its own. */
package io.mlcicd.benchmarks.deequ;
