/**
 * Replays of many dead letters: asked for once, carried out by whichever console is there.
 *
 * <p>All state stands in PostgreSQL, and letters go out through ingest's control API only, each
 * under an id that follows from replay and letter. So a console may be killed between any two
 * statements: the next one repeats at most what the orchestrator recognises as a repetition. The
 * lease on a replay keeps its rate, not its safety.
 */
package io.penstock.console.replay;
