package io.penstock.schema.definition;

import io.penstock.schema.expression.Expression;
import java.util.Optional;

/**
 * An event that starts a workflow.
 *
 * @param source name of a {@code Source}, or the CloudEvents {@code source} of an event posted to
 *     {@code /events}
 * @param type CloudEvents {@code type}, exact
 * @param when over {@code data}, {@code type}, {@code subject} and {@code source} of the event;
 *     absent: always
 */
public record Trigger(String source, String type, Optional<Expression> when) {}
