/** How all models of a controller or a folder stand: a page, a column for list views, a badge. */
package io.jenkins.plugins.mlcicd.overview;
