/** Tells a pull request what its model is like, where the plugin Checks API is installed. */
package io.jenkins.plugins.mlcicd.checks;
