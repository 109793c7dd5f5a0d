package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whatever a pod refers to is part of the manifests, or stands in their README as something that
 * the installation provides.
 */
final class References implements ManifestCheck {
  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      configMaps(workload)
          .filter(name -> manifests.configMap(name).isEmpty())
          .forEach(name -> problems.add(workload.name() + ": no ConfigMap " + name));
      secrets(workload)
          .filter(secret -> !DeployFolder.README.contains(secret))
          .forEach(
              secret -> problems.add(workload.name() + ": README.md does not tell of " + secret));
      volumes(workload, problems);
    }
    manifests
        .all(StatefulSet.class)
        .filter(set -> headless(manifests, set.getSpec().getServiceName()).isEmpty())
        .forEach(
            set ->
                problems.add(
                    set.getMetadata().getName()
                        + ": no headless Service "
                        + set.getSpec().getServiceName()));
    return problems;
  }

  private static Stream<String> configMaps(Workload workload) {
    return workload.container().getEnvFrom().stream()
        .flatMap(from -> Stream.ofNullable(from.getConfigMapRef()))
        .map(reference -> reference.getName());
  }

  /** As the README writes them: a name and a key in a table row, or a name. */
  private static Stream<String> secrets(Workload workload) {
    Stream<String> variables =
        workload.container().getEnv().stream()
            .map(EnvVar::getValueFrom)
            .flatMap(Stream::ofNullable)
            .flatMap(source -> Stream.ofNullable(source.getSecretKeyRef()))
            .map(reference -> "| `%s` | `%s` |".formatted(reference.getName(), reference.getKey()));
    Stream<String> mounted =
        workload.pod().getVolumes().stream()
            .flatMap(volume -> Stream.ofNullable(volume.getSecret()))
            .map(secret -> "| `" + secret.getSecretName() + "` |");
    return Stream.concat(variables, mounted);
  }

  private static void volumes(Workload workload, List<String> problems) {
    Set<String> there =
        workload.pod().getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
    there.addAll(workload.claims());
    Set<String> mounted =
        workload.container().getVolumeMounts().stream()
            .map(VolumeMount::getName)
            .collect(Collectors.toSet());
    Set<String> missing = new HashSet<>(mounted);
    missing.removeAll(there);
    missing.forEach(name -> problems.add(workload.name() + ": no volume " + name));
    there.removeAll(mounted);
    there.forEach(name -> problems.add(workload.name() + ": nobody mounts volume " + name));
  }

  private static Optional<Service> headless(Manifests manifests, String name) {
    return manifests
        .all(Service.class)
        .filter(service -> service.getMetadata().getName().equals(name))
        .filter(service -> "None".equals(service.getSpec().getClusterIP()))
        .findFirst();
  }
}
