/** Steps that tell an API or people. Uses {@code worker.call}; no other kind, no Kafka. */
package io.penstock.worker.notify;
