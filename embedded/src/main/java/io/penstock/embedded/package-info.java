/**
 * Real servers inside this process: a Kafka broker and a PostgreSQL server, each on one data
 * directory, each reachable from this machine only.
 *
 * <p>For {@code standalone} and for tests; production never imports it. A data directory survives
 * the end of its owner, SIGKILL included, and has one owner at a time. {@code start} returns when
 * clients can be served; {@code close} never hangs.
 */
package io.penstock.embedded;
