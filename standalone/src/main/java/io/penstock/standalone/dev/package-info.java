/**
 * All services, broker and database in one process, and the command that keeps them up. Listens on
 * 127.0.0.1 only. One {@link io.penstock.standalone.dev.Server} for the life of a JVM.
 */
package io.penstock.standalone.dev;
