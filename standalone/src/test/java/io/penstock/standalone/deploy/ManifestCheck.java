package io.penstock.standalone.deploy;

import java.util.List;

/** One question to a set of manifests. {@link MistakesInManifestsTest} sees each of them fail. */
interface ManifestCheck {
  List<ManifestCheck> ALL =
      List.of(
          new References(),
          new Selectors(),
          new PodSecurity(),
          new Probes(),
          new Resources(),
          new Settings(),
          new WorkerKinds(),
          new Draining(),
          new Images(),
          new ApiWords());

  /** What is wrong, a sentence each; empty if nothing is. */
  List<String> problemsIn(Manifests manifests);
}
