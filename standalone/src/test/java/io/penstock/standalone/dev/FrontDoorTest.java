package io.penstock.standalone.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontDoorTest {
  private static List<String> problems(int status, String json) throws IOException {
    return FrontDoor.problems(new FrontDoor.Answer(status, new ObjectMapper().readTree(json)));
  }

  @Test
  void each_problem_of_a_definition_is_a_line_with_its_place() throws IOException {
    assertThat(
            problems(
                422,
                """
                {"detail":"2 problems","problems":[
                  {"file":"w.yaml","line":3,"column":5,"path":"/steps/0","message":"no 'notfy'"},
                  {"file":"","line":0,"column":0,"path":"","message":"too large"}]}
                """))
        .containsExactly("w.yaml:3:5 /steps/0: no 'notfy'", "too large");
  }

  @Test
  void a_refusal_without_problems_tells_its_detail() throws IOException {
    assertThat(problems(503, "{\"detail\":\"Kafka did not answer\"}"))
        .containsExactly("refused with status 503: Kafka did not answer");
  }
}
