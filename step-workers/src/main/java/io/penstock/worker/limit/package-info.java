/**
 * Whether a call may be made now, or when it shall come back: rate limit, circuit, concurrency and
 * what the other side asked for, for all callers of one definition together. {@link
 * io.penstock.worker.limit.CallGuards} is the port: one process keeps its counts in memory, several
 * keep them in PostgreSQL. Knows neither HTTP nor steps; may be used by {@code worker.call} and
 * kinds. Thread-safe.
 */
package io.penstock.worker.limit;
