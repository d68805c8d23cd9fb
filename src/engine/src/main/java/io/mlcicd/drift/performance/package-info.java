/** Performance over time: metrics of served predictions per window, estimates where labels lack, detectors of change. */
package io.mlcicd.drift.performance;
