/**
 * The read side. It consumes {@code penstock.history} into PostgreSQL and answers questions from
 * there; it decides nothing, and everything it stores can be rebuilt. Nobody imports it.
 */
package io.penstock.console;
