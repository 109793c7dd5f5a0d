package io.penstock.console.deadletter;

import io.penstock.console.RealServers;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For tests in a console with real servers, on whose topics letters are written. */
abstract class WithLetterTopics {
  @Inject DataSource database;
  RealServers servers;
  LetterTopics letters;

  @BeforeEach
  void openTopics() {
    letters = new LetterTopics(servers.bootstrapServers(), database);
  }

  @AfterEach
  void closeTopics() {
    letters.close();
  }
}
