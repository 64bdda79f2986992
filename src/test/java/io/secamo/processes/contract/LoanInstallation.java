package io.secamo.processes.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.secamo.processes.controlplane.ControlPlane;
import io.secamo.processes.systems.Script.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Adds the kind of these tests to a control plane: its definition, rights, and a policy. */
public final class LoanInstallation {
  /** A request, without name and namespace. */
  public static final String SAMPLE =
      """
      apiVersion: processes.secamo.io/v1alpha1
      kind: LoanRequest
      spec: {person: carl, justification: The group's work}
      """;

  private static final String DEFINITION = HasMetadata.getFullResourceName(LoanRequest.class);
  private static final Path INSTALL = Path.of("src/test/resources/kind/loans.yaml");

  /** Where the operator looks for the definitions that it was built with. */
  private static final Path BUILT_WITH = Path.of("target/test-classes/crds");

  private LoanInstallation() {}

  /** Adds it, and waits until it is served. */
  public static void on(ControlPlane cluster) throws IOException {
    applied(cluster, definition());
    Result served =
        cluster.kubectl("admin", "wait", "crd/" + DEFINITION, "--for=condition=Established");
    assertThat(served.exit()).as(served.text()).isZero();
    applied(cluster, Files.readString(INSTALL));
  }

  private static void applied(ControlPlane cluster, String yaml) {
    Result applied = cluster.kubectlWith("admin", yaml, "apply", "--server-side", "-f", "-");
    assertThat(applied.exit()).as(applied.text()).isZero();
  }

  /** Made of the classes, as the definitions that are shipped are. */
  private static String definition() throws IOException {
    Path folder = Files.createTempDirectory("loans");
    new CRDGenerator()
        .customResourceClasses(List.of(LoanRequest.class))
        .forCRDVersions("v1")
        .inOutputDir(folder.toFile())
        .detailedGenerate();
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    Path generated = folder.resolve(DEFINITION + "-v1.yml");
    ObjectNode crd = (ObjectNode) yaml.readTree(Files.readString(generated));
    Files.delete(generated);
    Files.delete(folder);
    // By it the operator finds the definitions that decide.
    crd.withObject("/metadata/labels").put("app.kubernetes.io/part-of", "process-orchestrator");
    String text = yaml.writeValueAsString(crd);
    Files.createDirectories(BUILT_WITH);
    Files.writeString(BUILT_WITH.resolve(DEFINITION + ".yaml"), text);
    return text;
  }
}
