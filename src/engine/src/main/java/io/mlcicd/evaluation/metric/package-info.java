/** The metrics of each kind of task, as tallies that rows are added to. */
package io.mlcicd.evaluation.metric;
