/** Drift of free text: how long it is, which words it has, and how new they are. */
package io.mlcicd.drift.text;
