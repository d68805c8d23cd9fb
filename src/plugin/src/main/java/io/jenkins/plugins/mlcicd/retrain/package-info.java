/** Starts retraining builds. */
package io.jenkins.plugins.mlcicd.retrain;
