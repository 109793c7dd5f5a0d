/**
 * The shell around the pure core: a Kafka Streams topology that reads {@code penstock.inputs}, asks
 * the core, and writes state, commands, history and offsets in one transaction.
 *
 * <p>Partitions are independent; within one, records are processed one at a time in the order of
 * the log. Records come twice after an abort, and the same is decided again. Commands are read
 * uncommitted by workers: see {@code docs/adr/2026-11-22-one-log-and-speculation.md}.
 */
package io.penstock.orchestrator.stream;
