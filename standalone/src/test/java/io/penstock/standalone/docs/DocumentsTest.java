package io.penstock.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.MessageType;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of the code, compared with the code. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("`((?:[a-z]+\\.)+[A-Z]\\w+)`");

  @Test
  void every_topic_message_and_dead_letter_header_is_documented() throws IOException {
    String messages = read("docs/messages.md");

    for (Topic topic : Topic.values()) {
      assertThat(messages).contains("`" + topic.topicName() + "`");
    }
    for (MessageType type : MessageType.values()) {
      assertThat(messages).contains("`" + type.ceType() + "`");
    }
    assertThat(messages)
        .contains(
            DeadLetter.REASON,
            DeadLetter.CAUSE,
            DeadLetter.TOPIC,
            DeadLetter.PARTITION,
            DeadLetter.OFFSET,
            DeadLetter.EXECUTION_ID,
            DeadLetter.STEP_PATH,
            DeadLetter.ATTEMPT,
            DeadLetter.WORKFLOW,
            DeadLetter.WORKFLOW_VERSION,
            DeadLetter.ERROR_TYPE);
  }

  @Test
  void every_status_and_error_type_is_documented() throws IOException {
    for (ExecutionStatus status : ExecutionStatus.values()) {
      assertThat(read("docs/architecture.md")).contains("`" + status + "`");
    }
    for (ErrorType type : ErrorType.values()) {
      assertThat(read("docs/workflow-language.md")).contains("`" + type.id() + "`");
    }
  }

  @Test
  void every_relative_link_leads_somewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        String target = link.group(1);
        if (!target.startsWith("http")
            && Files.notExists(document.getParent().resolve(target).normalize())) {
          broken.add(ROOT.relativize(document) + " -> " + target);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void every_class_that_the_architecture_names_exists() throws IOException {
    Matcher code = CODE.matcher(read("docs/architecture.md"));
    List<String> missing = new ArrayList<>();
    while (code.find()) {
      String source = "io/penstock/" + code.group(1).replace('.', '/') + ".java";
      try (Stream<Path> modules = Files.list(ROOT)) {
        if (modules.noneMatch(
            module -> Files.exists(module.resolve("src/main/java").resolve(source)))) {
          missing.add(code.group(1));
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> deploy = Files.walk(ROOT.resolve("deploy"));
        Stream<Path> workflows = Files.walk(ROOT.resolve("workflows"))) {
      Stream.of(top, docs, deploy, workflows)
          .flatMap(paths -> paths)
          .filter(path -> path.toString().endsWith(".md"))
          .forEach(documents::add);
    }
    return documents;
  }

  private static String read(String document) throws IOException {
    return Files.readString(ROOT.resolve(document));
  }
}
