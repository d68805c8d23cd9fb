/** Takes a stage from the controller to the agent, and its result document back. */
package io.jenkins.plugins.mlcicd.run;
