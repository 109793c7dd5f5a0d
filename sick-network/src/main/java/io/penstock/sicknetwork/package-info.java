/**
 * A network that misbehaves on demand, for tests and for the process suite: a TCP proxy that stands
 * before a real server, on 127.0.0.1 only. Knows nothing of Penstock, Kafka or PostgreSQL.
 *
 * <p>All public methods may be called by any thread at any time, also while connections are open.
 */
package io.penstock.sicknetwork;
