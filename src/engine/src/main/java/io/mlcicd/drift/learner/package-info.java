/** A small learner that needs no other library: gradient-boosted trees for classifying sides and estimating errors. */
package io.mlcicd.drift.learner;
