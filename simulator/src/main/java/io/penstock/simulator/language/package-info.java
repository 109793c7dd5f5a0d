/**
 * Workflows nobody wrote, and what must come of them: a generator of definitions with scripted
 * outcomes, and an oracle that interprets the language step after step, in memory and without time.
 *
 * <p>The oracle is written from {@code docs/workflow-language.md} and shares no code with what it
 * judges: nothing here may import {@code io.penstock.orchestrator}. What both use is the parsed
 * definition, the names of messages and the expressions.
 */
package io.penstock.simulator.language;
