/**
 * The pure core: what an execution does next, as three functions.
 *
 * <ul>
 *   <li>{@link io.penstock.orchestrator.core.ExecutionDecider}: state and input to facts
 *   <li>{@link io.penstock.orchestrator.core.Evolution}: state and fact to state
 *   <li>{@link io.penstock.orchestrator.core.Reaction}: state and fact to messages
 * </ul>
 *
 * It asks for nothing: time is the input's broker time, jitter comes from ids, definitions are
 * pinned by name and version. So the same inputs in the same order give the same facts and the same
 * commands, bit for bit, in whichever process and however often a transaction is decided again:
 * speculative commands rest on that. Imports are an allow list, held by {@code ArchitectureTest}.
 * Not thread-safe, needs no thread: a caller works on one execution at a time.
 */
package io.penstock.orchestrator.core;
