package io.penstock.worker.limit;

import io.penstock.schema.definition.CallLimits;

/** Finds the guard of who is called. The port behind which the counts are kept. */
public interface CallGuards {
  /**
   * @param name of the definition, unique among all that are guarded: {@code crm}
   * @param limits as the definition has them now; others than the last time change the guard, and
   *     nothing that is on its way or was promised is lost by that
   */
  CallGuard guard(String name, CallLimits limits);
}
