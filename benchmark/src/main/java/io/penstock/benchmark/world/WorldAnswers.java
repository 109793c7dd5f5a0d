package io.penstock.benchmark.world;

/** The bodies of the stub's successful answers. Ids are printable ASCII without quotes. */
final class WorldAnswers {
  private static final int CREATED = 1_700_000_000;

  private WorldAnswers() {}

  static String to(Endpoint endpoint, String id) {
    return switch (endpoint) {
      case ENRICH ->
          "{\"id\":\"%s\",\"company\":\"Company %s\",\"employees\":%d,\"country\":\"DE\"}"
              .formatted(id, id, 3 + 7 * LeadScore.of(id));
      case CHAT -> completion(id);
      case NOTIFY -> "{\"ok\":true}";
    };
  }

  private static String completion(String id) {
    return "{\"id\":\"chatcmpl-"
        + id
        + "\",\"object\":\"chat.completion\",\"created\":"
        + CREATED
        + ",\"model\":\"stub-1\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
        + "{\"role\":\"assistant\",\"content\":\"{\\\"score\\\":"
        + LeadScore.of(id)
        + ",\\\"reason\\\":\\\"stub\\\"}\"}}],"
        + "\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":12,\"total_tokens\":52}}";
  }

  static String failure(int status) {
    return "{\"error\":{\"message\":\"stub failure\",\"type\":\"stub\",\"code\":" + status + "}}";
  }
}
