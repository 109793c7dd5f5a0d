/**
 * The deterministic simulator: the real core, codecs and stream processor of the orchestrator on a
 * simulated log, with simulated workers, one thread, virtual time and one seed.
 */
package io.penstock.simulator;
