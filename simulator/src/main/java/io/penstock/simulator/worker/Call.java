package io.penstock.simulator.worker;

import io.penstock.schema.message.CommandId;

/**
 * A call as the outside saw it.
 *
 * @param at virtual time
 * @param key its {@code Idempotency-Key}
 */
public record Call(long at, CommandId command, String key, String worker) {}
