package io.penstock.worker.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMappingTest {

  @ParameterizedTest
  @CsvSource({
    "301, RUNTIME, false",
    "302, RUNTIME, false",
    "400, RUNTIME, false",
    "401, AUTHENTICATION, false",
    "403, AUTHORIZATION, false",
    "404, RUNTIME, false",
    "408, TIMEOUT, true",
    "409, RUNTIME, true",
    "410, RUNTIME, false",
    "422, RUNTIME, false",
    "425, COMMUNICATION, true",
    "429, COMMUNICATION, true",
    "500, COMMUNICATION, true",
    "501, RUNTIME, false",
    "502, COMMUNICATION, true",
    "503, COMMUNICATION, true",
    "504, TIMEOUT, true",
  })
  void a_status_has_a_meaning(int status, ErrorType type, boolean retriable) {
    StepError error = StatusMapping.error(status, "Api 'crm': GET /leads");
    assertThat(error.type()).isEqualTo(type);
    assertThat(error.retriable()).isEqualTo(retriable);
    assertThat(error.message()).startsWith("Api 'crm': GET /leads: answered " + status);
  }
}
