package io.penstock.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files as they lie there: checked also where nothing can render them. */
class RawManifestsTest {

  @Test
  void each_file_holds_one_object_of_a_known_type_and_is_named_by_its_kind() throws Exception {
    for (Path file : yamlFiles()) {
      if (isKustomization(file)) {
        continue;
      }
      List<HasMetadata> objects = Manifests.read(DeployFolder.text(file)).objects();
      assertThat(objects).as(file.toString()).hasSize(1);
      String name = file.getFileName().toString();
      if (!name.endsWith(".patch.yaml")) {
        String kind = objects.getFirst().getKind().replaceAll("([a-z])([A-Z])", "$1-$2");
        assertThat(name).isEqualTo(kind.toLowerCase(Locale.ROOT) + ".yaml");
      }
    }
  }

  @Test
  void each_file_and_folder_is_named_by_a_kustomization_and_each_name_is_there() throws Exception {
    TreeSet<Path> named = new TreeSet<>();
    for (Path file : yamlFiles()) {
      if (isKustomization(file)) {
        named.addAll(namedBy(file));
      }
    }
    assertThat(named).allMatch(Files::exists);

    for (Path file : yamlFiles()) {
      Path folder = file.getParent();
      // What somebody renders by its name; all else is rendered as a part of that.
      boolean isEntrance = folder.getParent().equals(DeployFolder.KUBERNETES.resolve("overlays"));
      if (!isKustomization(file)) {
        assertThat(named).contains(file);
      } else if (!isEntrance) {
        assertThat(named).contains(folder);
      }
    }
  }

  @Test
  void each_service_has_its_folder() {
    for (String service : Containerfile.SERVICES) {
      assertThat(DeployFolder.KUBERNETES.resolve("base").resolve(service)).isDirectory();
    }
  }

  private static List<Path> namedBy(Path kustomization) {
    Map<?, ?> content =
        (Map<?, ?>) Manifests.documents(DeployFolder.text(kustomization)).getFirst();
    List<Path> named = new ArrayList<>();
    texts(content.get("resources")).forEach(name -> named.add(beside(kustomization, name)));
    for (Object patch : list(content.get("patches"))) {
      named.add(beside(kustomization, String.valueOf(((Map<?, ?>) patch).get("path"))));
    }
    for (Object generator : list(content.get("configMapGenerator"))) {
      texts(((Map<?, ?>) generator).get("envs"))
          .forEach(name -> named.add(beside(kustomization, name)));
    }
    return named;
  }

  private static List<?> list(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  private static List<String> texts(Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }

  private static Path beside(Path kustomization, String name) {
    return kustomization.resolveSibling(name).normalize();
  }

  private static boolean isKustomization(Path file) {
    return file.getFileName().toString().equals("kustomization.yaml");
  }

  private static List<Path> yamlFiles() throws IOException {
    try (Stream<Path> files = Files.walk(DeployFolder.KUBERNETES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
