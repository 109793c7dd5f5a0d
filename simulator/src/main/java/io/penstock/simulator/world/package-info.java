/** Senders, ingest, operators and readers of history: what stands around the orchestrator. */
package io.penstock.simulator.world;
