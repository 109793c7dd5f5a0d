/**
 * The one place where tests get a Kafka broker from. Imported by tests only.
 *
 * <p>Each broker is its caller's own; any number may live at once, as far as memory goes.
 */
package io.penstock.testbroker;
