package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.penstock.standalone.deploy.StrictKubernetes.MistakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The objects of one rendering, or of one file. */
record Manifests(List<HasMetadata> objects) {

  static Manifests read(String yaml) throws MistakeException {
    List<HasMetadata> objects = new ArrayList<>();
    for (Object document : documents(yaml)) {
      objects.add(StrictKubernetes.read((Map<?, ?>) document));
    }
    return new Manifests(objects);
  }

  /** The documents of a YAML text as maps; a key that stands twice is an error. */
  static List<Object> documents(String yaml) {
    List<Object> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build()).loadAllFromString(yaml).forEach(documents::add);
    return documents;
  }

  <T extends HasMetadata> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  List<Workload> workloads() {
    return objects.stream().flatMap(object -> Workload.of(object).stream()).toList();
  }

  Optional<Map<String, String>> configMap(String name) {
    return all(ConfigMap.class)
        .filter(map -> map.getMetadata().getName().equals(name))
        .map(ConfigMap::getData)
        .findFirst();
  }
}
