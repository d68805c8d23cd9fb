/** A service's own health: how fast it answers, how many answers are errors, how many requests it gets. */
package io.mlcicd.drift.service;
