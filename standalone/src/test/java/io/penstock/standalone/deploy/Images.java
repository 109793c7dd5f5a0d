package io.penstock.standalone.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every image is one that we build, in the version that the build has. */
final class Images implements ManifestCheck {
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>penstock</artifactId>\\s*<version>([^<]+)</version>");

  @Override
  public List<String> problemsIn(Manifests manifests) {
    List<String> problems = new ArrayList<>();
    for (Workload workload : manifests.workloads()) {
      String image = workload.container().getImage();
      if (!Containerfile.SERVICES.contains(workload.service())
          || !image.equals("penstock/" + workload.service() + ":" + version())) {
        problems.add(workload.name() + ": image " + image);
      }
    }
    return problems;
  }

  static String version() {
    Matcher version = VERSION.matcher(DeployFolder.text(DeployFolder.ROOT.resolve("pom.xml")));
    if (!version.find()) {
      throw new IllegalStateException("pom.xml has no version");
    }
    return version.group(1);
  }
}
