package io.penstock.soak.installation;

import java.util.Map;

/**
 * Where the members find each other and the world. All are ports of 127.0.0.1.
 *
 * @param own where each member listens
 * @param broker where others look for the broker: its own port, or that of a proxy before it
 * @param database the same for PostgreSQL
 * @param apis the same for what steps call
 */
public record Addresses(Map<Member, Integer> own, int broker, int database, int apis) {
  public Addresses {
    own = Map.copyOf(own);
  }

  public int port(Member member) {
    return own.get(member);
  }

  public String url(Member member) {
    return "http://127.0.0.1:" + port(member);
  }

  String bootstrapServers() {
    return "127.0.0.1:" + broker;
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + database + "/postgres";
  }
}
