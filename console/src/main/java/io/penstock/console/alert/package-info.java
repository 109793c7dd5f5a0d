/**
 * Tells ingest what an {@code Alert} is about, as an event that starts the alert's workflow. What
 * is to be said is written down before it is sent, and sent until ingest has it, so that each
 * occurrence is told of once whatever is killed on the way. Nothing here knows channels.
 */
package io.penstock.console.alert;
