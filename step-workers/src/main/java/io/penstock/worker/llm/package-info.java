/**
 * Steps that ask a model, by langchain4j over {@code worker.call}'s HTTP client. No other kind, no
 * Kafka. One call for each question, one more to repair an answer; never a retry.
 */
package io.penstock.worker.llm;
