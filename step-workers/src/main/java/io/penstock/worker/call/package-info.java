/**
 * Calls from a worker to the outside: the only way out. Addresses are checked, answers limited,
 * failures named; messages hold neither payloads nor secrets. Knows {@code worker.runtime}'s {@code
 * Attempt} and {@code AttemptResult}, no kind of step.
 */
package io.penstock.worker.call;
