/** Result documents drawn for people: headlines, HTML pages, lineage as text. Reads documents, decides nothing. */
package io.mlcicd.report;
