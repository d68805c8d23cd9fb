/** What a job's builds know of its models, kept small, so that pages over many builds need not open them. */
package io.jenkins.plugins.mlcicd.history;
