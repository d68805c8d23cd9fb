/** The stages of a project in their order, and what they leave behind for one another: results, champion, lineage. */
package io.mlcicd.pipeline;
