package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.Optional;

/**
 * Read port: the stored pieces of one execution. Only what a decision touches is read, so a
 * decision in an execution of ten thousand steps costs what it costs in one of ten.
 */
public interface Pieces {
  Optional<ExecutionControl> control();

  Optional<Scope> scope(ScopePath path);

  Optional<Output> output(StepPath path);

  /** What the execution was started with. */
  Optional<Json> input();

  /** An execution of which nothing is stored. */
  Pieces NONE =
      new Pieces() {
        @Override
        public Optional<ExecutionControl> control() {
          return Optional.empty();
        }

        @Override
        public Optional<Scope> scope(ScopePath path) {
          return Optional.empty();
        }

        @Override
        public Optional<Output> output(StepPath path) {
          return Optional.empty();
        }

        @Override
        public Optional<Json> input() {
          return Optional.empty();
        }
      };
}
