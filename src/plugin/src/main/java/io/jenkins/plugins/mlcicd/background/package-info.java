/** What the plugin does on its own, behind the back of builds and pages. */
package io.jenkins.plugins.mlcicd.background;
