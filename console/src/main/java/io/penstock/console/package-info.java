/**
 * The read side. It consumes {@code penstock.history} into PostgreSQL and answers questions from
 * there; it decides nothing, and all that it stores of executions can be rebuilt. What alerts are
 * about it tells ingest. Nobody imports it.
 */
package io.penstock.console;
