/** Whole processes as a user starts them: the command beside other tools, from start to exit. */
package io.mlcicd.benchmarks.process;
