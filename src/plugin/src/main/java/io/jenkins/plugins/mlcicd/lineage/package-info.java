/** What models of the whole controller came from and what became of them, and the pages that show it. */
package io.jenkins.plugins.mlcicd.lineage;
