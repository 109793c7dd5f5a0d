/** Orchestrator processes around the real stream processor: stores, transactions, take-over. */
package io.penstock.simulator.shell;
