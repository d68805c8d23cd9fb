/** Models on a dashboard, where the plugin Dashboard View is installed. */
package io.jenkins.plugins.mlcicd.dashboard;
