package io.penstock.console.deadletter;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.List;

/** Asks the console about letters. */
final class LetterAnswers {
  private LetterAnswers() {}

  static RequestSpecification post(String body) {
    return given().contentType("application/json").body(body);
  }

  /** Executions of the letters that are found; names and values of parameters in turn. */
  static List<String> found(String... parameters) {
    return list(parameters).getList("deadLetters.execution");
  }

  static JsonPath list(String... parameters) {
    return json("/api/dead-letters", parameters);
  }

  /** A parameter whose value is null is left out. */
  static JsonPath json(String path, String... parameters) {
    RequestSpecification request = given();
    for (int i = 0; i < parameters.length; i += 2) {
      if (parameters[i + 1] != null) {
        request.queryParam(parameters[i], parameters[i + 1]);
      }
    }
    return request.get(path).then().statusCode(200).extract().jsonPath();
  }
}
