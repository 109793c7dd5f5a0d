package io.penstock.orchestrator.stream;

import java.time.Instant;

/**
 * Where an input stands in the log.
 *
 * @param at broker time
 */
record Place(int partition, long offset, Instant at) {}
