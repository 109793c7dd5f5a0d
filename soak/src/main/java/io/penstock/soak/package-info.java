/**
 * The process suite: ingest, orchestrators, workers, console, broker and database as processes of
 * their own, killed under load, and an account of what became of every event.
 */
package io.penstock.soak;
