/** Steps that ask an API. Uses {@code worker.call}; no other kind, no Kafka. */
package io.penstock.worker.enrich;
