package io.penstock.standalone.deploy;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;

/** The Pod Security Standard {@code restricted}, and what we ask for beyond it. */
final class PodSecurity implements ManifestCheck {
  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      String name = workload.name();
      pod(workload.pod()).forEach(problem -> problems.add(name + ": " + problem));
      container(workload.container().getSecurityContext())
          .forEach(problem -> problems.add(name + ": " + problem));
      if (workload.container().getVolumeMounts().stream()
          .noneMatch(mount -> mount.getMountPath().equals("/tmp"))) {
        problems.add(name + ": nowhere to write: native libraries are unpacked in /tmp");
      }
    }
    return problems;
  }

  private static List<String> pod(PodSpec pod) {
    List<String> problems = new ArrayList<>();
    PodSecurityContext context = pod.getSecurityContext();
    require(Boolean.TRUE.equals(context.getRunAsNonRoot()), "may run as root", problems);
    require(
        context.getRunAsUser() != null
            && Containerfile.USER.equals(context.getRunAsUser() + ":" + context.getRunAsGroup()),
        "runs as another user than its image says: " + Containerfile.USER,
        problems);
    require(
        context.getSeccompProfile() != null
            && "RuntimeDefault".equals(context.getSeccompProfile().getType()),
        "no seccomp profile",
        problems);
    require(
        Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()),
        "gets a token for the API server, which it never calls",
        problems);
    require(
        Boolean.FALSE.equals(pod.getEnableServiceLinks()),
        "gets variables like KAFKA_PORT for Services that stand beside it, which are keys of ours",
        problems);
    require(
        !Boolean.TRUE.equals(pod.getHostNetwork())
            && !Boolean.TRUE.equals(pod.getHostPID())
            && !Boolean.TRUE.equals(pod.getHostIPC()),
        "shares the node's network or processes",
        problems);
    require(
        pod.getVolumes().stream().allMatch(PodSecurity::isAllowed),
        "has a volume that is neither emptyDir nor Secret",
        problems);
    return problems;
  }

  private static List<String> container(SecurityContext context) {
    List<String> problems = new ArrayList<>();
    if (context == null) {
      return List.of("no security context");
    }
    require(
        Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()),
        "may gain privileges",
        problems);
    require(!Boolean.TRUE.equals(context.getPrivileged()), "is privileged", problems);
    require(
        Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()),
        "may write to its own program",
        problems);
    require(
        context.getCapabilities() != null
            && context.getCapabilities().getDrop().equals(List.of("ALL"))
            && context.getCapabilities().getAdd().isEmpty(),
        "keeps capabilities",
        problems);
    return problems;
  }

  private static boolean isAllowed(Volume volume) {
    return volume.getEmptyDir() != null || volume.getSecret() != null;
  }

  private static void require(boolean fulfilled, String problem, List<String> problems) {
    if (!fulfilled) {
      problems.add(problem);
    }
  }
}
