package io.penstock.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every configuration key of every module stands in {@code docs/operations.md}, and no other. */
class ConfigurationDocumentedTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DEFAULTS =
      Path.of("src", "main", "resources", "META-INF", "microprofile-config.properties");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z]+\\.[\\w.-]+)` \\| (?:`([^`]*)`|none) \\|");

  /** How the documents, and this test, write that there is no default. */
  private static final String NONE = "none";

  /** Keys that code reads, with their defaults. */
  private static final Map<String, String> READ = new TreeMap<>();

  /** Keys that modules set for the framework, with their values. */
  private static final Map<String, String> SET = new TreeMap<>();

  /** Keys that the tables name; in more than one of them only with the same default. */
  private static final Map<String, String> DOCUMENTED = new TreeMap<>();

  @BeforeAll
  static void collect() throws IOException {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.penstock");
    for (JavaClass type : classes) {
      if (type.isAnnotatedWith(ConfigMapping.class)) {
        Class<?> mapping = type.reflect();
        collectMapping(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping);
      }
      collectInjected(type);
    }
    for (Path file : defaultFiles()) {
      collectFile(file);
    }
    String operations = Files.readString(ROOT.resolve("docs/operations.md"));
    for (MatchResult row : ROW.matcher(operations).results().toList()) {
      String written = row.group(2) == null ? NONE : row.group(2);
      String other = DOCUMENTED.put(row.group(1), written);
      assertThat(other).as(row.group(1) + " in two tables").isIn(null, written);
    }
  }

  private static void collectMapping(String prefix, Class<?> mapping) {
    for (Method method : mapping.getMethods()) {
      WithName name = method.getAnnotation(WithName.class);
      String key = prefix + "." + (name == null ? kebabCase(method.getName()) : name.value());
      WithDefault value = method.getAnnotation(WithDefault.class);
      if (isGroup(method.getReturnType())) {
        collectMapping(key, method.getReturnType());
      } else {
        READ.put(key, value == null ? NONE : value.value());
      }
    }
  }

  /** Keys of a group stand in an interface of ours. */
  private static boolean isGroup(Class<?> type) {
    return type.isInterface() && type.getName().startsWith("io.penstock.");
  }

  private static void collectInjected(JavaClass type) {
    type.getCodeUnits().stream()
        .flatMap(unit -> unit.getParameters().stream())
        .flatMap(parameter -> parameter.tryGetAnnotationOfType(ConfigProperty.class).stream())
        .forEach(ConfigurationDocumentedTest::collectInjected);
    type.getFields().stream()
        .flatMap(field -> field.tryGetAnnotationOfType(ConfigProperty.class).stream())
        .forEach(ConfigurationDocumentedTest::collectInjected);
  }

  /** Several services may read one key, and not all of them say its default. */
  private static void collectInjected(ConfigProperty property) {
    boolean unset = property.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE);
    if (unset) {
      READ.putIfAbsent(property.name(), NONE);
    } else {
      String other = READ.put(property.name(), property.defaultValue());
      assertThat(other).as(property.name()).isIn(null, NONE, property.defaultValue());
    }
  }

  private static List<Path> defaultFiles() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules.map(module -> module.resolve(DEFAULTS)).filter(Files::exists).toList();
    }
  }

  private static void collectFile(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    for (String key : properties.stringPropertyNames()) {
      (READ.containsKey(key) ? READ : SET).put(key, properties.getProperty(key));
    }
  }

  private static String kebabCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  @Test
  void the_keys_of_all_services_are_found() {
    assertThat(READ)
        .containsKeys(
            "penstock.ingest.max-body-size",
            "penstock.orchestrator.state-dir",
            "penstock.worker.notify.concurrency",
            "penstock.console.rebuild",
            "penstock.kafka.partitions",
            "penstock.secrets.directory");
    assertThat(SET).containsKey("quarkus.flyway.locations");
  }

  @Test
  void every_key_that_code_reads_is_documented_with_its_default() {
    assertThat(DOCUMENTED).containsAllEntriesOf(READ);
  }

  @Test
  void every_key_that_a_module_sets_is_documented_with_its_value() {
    assertThat(DOCUMENTED).containsAllEntriesOf(SET);
  }

  @Test
  void every_key_of_ours_that_is_documented_exists() {
    assertThat(DOCUMENTED.keySet())
        .filteredOn(key -> key.startsWith("penstock."))
        .isSubsetOf(READ.keySet());
  }
}
