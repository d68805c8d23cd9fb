/** How a model's numbers move over a job's builds. */
package io.jenkins.plugins.mlcicd.trend;
