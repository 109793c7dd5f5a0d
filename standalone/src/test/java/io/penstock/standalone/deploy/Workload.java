package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a Deployment and a StatefulSet have in common: pods of one container.
 *
 * @param claims names of the volumes that each pod gets for itself
 */
record Workload(
    HasMetadata object,
    int replicas,
    Map<String, String> selector,
    PodTemplateSpec template,
    List<String> claims) {

  /** The value of a variable that comes from a Secret. */
  static final String SECRET = "(secret)";

  static Optional<Workload> of(HasMetadata object) {
    return switch (object) {
      case Deployment it ->
          Optional.of(
              new Workload(
                  it,
                  it.getSpec().getReplicas(),
                  it.getSpec().getSelector().getMatchLabels(),
                  it.getSpec().getTemplate(),
                  List.of()));
      case StatefulSet it ->
          Optional.of(
              new Workload(
                  it,
                  it.getSpec().getReplicas(),
                  it.getSpec().getSelector().getMatchLabels(),
                  it.getSpec().getTemplate(),
                  it.getSpec().getVolumeClaimTemplates().stream()
                      .map(PersistentVolumeClaim::getMetadata)
                      .map(ObjectMeta::getName)
                      .toList()));
      default -> Optional.empty();
    };
  }

  String name() {
    return object.getMetadata().getName();
  }

  /** The module that its image holds, e.g. {@code step-workers} for all kinds of step. */
  String service() {
    return container().getName();
  }

  PodSpec pod() {
    return template.getSpec();
  }

  Map<String, String> podLabels() {
    return template.getMetadata().getLabels();
  }

  Container container() {
    List<Container> all = pod().getContainers();
    if (all.size() != 1) {
      throw new IllegalStateException(name() + " has not one container but " + all.size());
    }
    return all.getFirst();
  }

  /** The environment as the service sees it: ConfigMaps first, single variables over them. */
  Map<String, String> environment(Manifests manifests) {
    Map<String, String> environment = new TreeMap<>();
    container().getEnvFrom().stream()
        .flatMap(from -> Stream.ofNullable(from.getConfigMapRef()))
        .flatMap(reference -> manifests.configMap(reference.getName()).stream())
        .forEach(environment::putAll);
    for (EnvVar variable : container().getEnv()) {
      environment.put(variable.getName(), Objects.requireNonNullElse(variable.getValue(), SECRET));
    }
    return environment;
  }
}
