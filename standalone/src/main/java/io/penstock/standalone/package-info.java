/**
 * The way in: one {@code main} for every verb, those of the CLI and the two that start a server.
 *
 * <p>{@code dev} puts all services, a broker and a database into this process; {@code demo} does
 * the same on throw-away data, beside a simulated world. Nothing imports this module.
 */
package io.penstock.standalone;
