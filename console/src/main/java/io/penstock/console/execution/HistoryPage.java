package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionStatus;
import java.util.List;
import java.util.Optional;

/**
 * Some of an execution's history.
 *
 * @param status of the execution now
 * @param records as they stand on the topic, in order
 * @param next what the next question names in {@code after}; absent as long as nothing was read
 * @param more whether there are more by now
 */
record HistoryPage(ExecutionStatus status, List<Json> records, Optional<Long> next, boolean more) {}
