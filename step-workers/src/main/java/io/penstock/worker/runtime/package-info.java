/**
 * How a worker gets commands and gets rid of outcomes. Kinds of step implement {@link
 * io.penstock.worker.runtime.StepHandler}; nothing else outside knows Kafka.
 *
 * <p>A command is executed at least once, by one process at a time as far as the broker can tell;
 * its outcome is on the input log before the command is acknowledged. Commands have no order. Each
 * attempt has a virtual thread of its own.
 */
package io.penstock.worker.runtime;
