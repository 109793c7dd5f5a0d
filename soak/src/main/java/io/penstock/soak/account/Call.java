package io.penstock.soak.account;

import io.penstock.soak.installation.Member;
import java.time.Instant;
import java.util.Optional;

/**
 * A call as the outside saw it.
 *
 * @param model whether it was a model that was asked
 * @param key its {@code Idempotency-Key}
 * @param by the worker that made it
 * @param began when the request had been read
 * @param answered when the answer was written; empty if it could not be
 */
public record Call(
    Place place, boolean model, String key, Member by, Instant began, Optional<Instant> answered) {}
