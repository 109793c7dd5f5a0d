package io.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir static Path binaries;

  @TempDir Path directory;

  @Test
  void rows_are_there_after_a_stop() throws Exception {
    try (EmbeddedDatabase database = StartTimes.of("PostgreSQL, new", () -> start(directory))) {
      execute(database, "create table kept as select 'one' as value");
    }
    try (EmbeddedDatabase database = StartTimes.of("PostgreSQL, old", () -> start(directory))) {
      assertThat(select(database, "select value from kept")).isEqualTo("one");
    }
  }

  @Test
  void it_keeps_its_files_to_itself_and_its_disk_in_order() throws Exception {
    try (EmbeddedDatabase database = start(directory)) {
      assertThat(select(database, "show fsync")).isEqualTo("on");
      assertThat(select(database, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(select(database, "show unix_socket_directories")).isEmpty();
      assertThat(select(database, "show data_directory"))
          .isEqualTo(directory.resolve("cluster").toString());
      assertThat(Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg")).doesNotExist();
    }
  }

  @Test
  void a_taken_port_and_a_directory_in_use_are_named() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, Loopback.address())) {
      int taken = other.getLocalPort();
      assertThatThrownBy(() -> EmbeddedDatabase.start(directory, taken, binaries))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("127.0.0.1:" + taken)
          .hasMessageContaining("choose another port");
    }
    try (EmbeddedDatabase holder = start(directory)) {
      assertThatThrownBy(() -> start(directory))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("another live server uses this directory");
      assertThat(select(holder, "select 'still here'")).isEqualTo("still here");
    }
  }

  @Test
  void a_first_start_that_was_killed_half_way_is_repeated() throws Exception {
    Path cluster = Files.createDirectories(directory.resolve("cluster"));
    Files.writeString(cluster.resolve("postgresql.conf"), "torn");

    try (EmbeddedDatabase database = start(directory)) {
      assertThat(select(database, "select 'works'")).isEqualTo("works");
    }
  }

  @Test
  void the_server_of_a_killed_owner_is_stopped_and_its_rows_are_kept() throws Exception {
    long orphan;
    try (ChildJvm child = ChildJvm.start(Owner.class, directory.toString(), binaries.toString())) {
      child.awaitLine("ready");
      child.kill();
      orphan = pid();
      assertThat(ProcessHandle.of(orphan)).as("the server outlives its owner").isPresent();
    }
    try (EmbeddedDatabase database =
        StartTimes.of("PostgreSQL after SIGKILL", () -> start(directory))) {
      assertThat(select(database, "select value from kept")).isEqualTo("one");
      assertThat(ProcessHandle.of(orphan)).isEmpty();
    }
  }

  @Test
  void a_program_that_got_the_old_number_is_left_alone() throws Exception {
    start(directory).close();
    Process bystander = new ProcessBuilder("sleep", "60").start();
    try {
      Files.write(
          directory.resolve("cluster/postmaster.pid"),
          List.of(String.valueOf(bystander.pid()), directory.resolve("cluster").toString()));

      start(directory).close();

      assertThat(bystander.isAlive()).isTrue();
    } finally {
      bystander.destroyForcibly();
    }
  }

  private static EmbeddedDatabase start(Path directory) {
    return EmbeddedDatabase.start(directory, 0, binaries);
  }

  private long pid() throws Exception {
    return Long.parseLong(
        Files.readAllLines(directory.resolve("cluster/postmaster.pid")).getFirst().strip());
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String select(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.username(), null);
  }

  /** Runs in the child: owns a database, and waits to be killed. */
  static final class Owner {
    public static void main(String[] arguments) throws Exception {
      EmbeddedDatabase database =
          EmbeddedDatabase.start(Path.of(arguments[0]), 0, Path.of(arguments[1]));
      execute(database, "create table kept as select 'one' as value");
      System.out.println("ready");
      Thread.currentThread().join();
    }
  }

  @Test
  void tells_when_its_process_is_gone(@TempDir Path directory) throws Exception {
    try (EmbeddedDatabase database =
        EmbeddedDatabase.start(directory.resolve("data"), 0, Path.of("target/postgresql"))) {
      CompletableFuture<String> ended = database.ended().toCompletableFuture();
      assertThat(ended).isNotDone();

      long pid =
          Long.parseLong(
              Files.readAllLines(directory.resolve("data/cluster/postmaster.pid")).getFirst());
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      assertThat(ended.get(30, TimeUnit.SECONDS)).contains("process " + pid);
    }
  }
}
