package io.secamo.processes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.secamo.processes.api.firewall.FirewallChangeRequest;
import io.secamo.processes.api.orchestrator.ApprovalDelegation;
import io.secamo.processes.api.orchestrator.ApprovalPolicy;
import io.secamo.processes.api.orchestrator.ChangeWindow;
import io.secamo.processes.api.orchestrator.Connection;
import io.secamo.processes.api.orchestrator.EvidenceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code crds/} holds what the generator makes of the Java classes, with columns in the order of
 * their annotations (the generator sorts them by name). To refresh: {@code ./mvnw test
 * -Dtest=CrdsTest -Dfix=true}.
 */
class CrdsTest {
  private static final Path COMMITTED = Path.of("crds");
  private static final Path GENERATED = Path.of("target", "crds");

  static List<Class<? extends CustomResource<?, ?>>> kinds() {
    return List.of(
        FirewallChangeRequest.class,
        Connection.class,
        ApprovalPolicy.class,
        ApprovalDelegation.class,
        ChangeWindow.class,
        EvidenceRecord.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theCommittedCrdIsWhatTheClassesSay(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    Path file = COMMITTED.resolve(CustomResource.getCRDName(kind) + ".yaml");
    String expected = Serialization.asYaml(render(kind));
    if (Boolean.getBoolean("fix")) {
      Files.createDirectories(COMMITTED);
      Files.writeString(file, expected);
    }
    assertThat(file).exists().hasContent(expected);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFieldIsExplainedInASentence(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    JSONSchemaProps root = schema(render(kind));
    root.getProperties().forEach((name, field) -> collect(name, field, wrong));
    assertThat(wrong).as("fields without a description that ends with a full stop").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyTextAndListOfASpecIsBounded(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    List<String> unbounded = new ArrayList<>();
    bounds("spec", schema(render(kind)).getProperties().get("spec"), unbounded);
    assertThat(unbounded).as("texts and lists without a bound").isEmpty();
  }

  /** One object with a time that the operator cannot read would blind it for all others. */
  @ParameterizedTest
  @MethodSource("kinds")
  void theApiServerTakesNoTimeThatTheOperatorCannotRead(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    List<String> unreadable = new ArrayList<>();
    times("", schema(render(kind)), unreadable);
    assertThat(unreadable).isEmpty();
  }

  private static void times(String path, JSONSchemaProps field, List<String> unreadable) {
    if ("date-time".equals(field.getFormat())) {
      if (field.getXKubernetesValidations().isEmpty()) {
        unreadable.add(path + " takes a list, without a rule that asks for the value");
      }
      for (String odd :
          List.of(
              "2099-01-01T00:00:00-23:59",
              "2099-01-01T00:00:00+99:99",
              "2099-01-01T00:00:00x5Z",
              "2099-01-01T00:00:00.1234567890123Z")) {
        if (field.getPattern() == null || odd.matches(field.getPattern())) {
          unreadable.add(path + " takes " + odd);
        }
      }
      for (String usual :
          List.of(
              "2099-01-01T00:00:00Z",
              "2099-01-01T00:00:00.123456789Z",
              "2099-01-01T00:00:00.5+05:30",
              "2999-12-31T23:59:59-17:59")) {
        assertThat(usual).matches(field.getPattern());
        assertThat(Instant.parse(usual)).isNotNull();
      }
    }
    children(field).forEach((name, child) -> times(path + "." + name, child, unreadable));
  }

  @Test
  void columnsFitAScreen() throws IOException {
    long shown =
        render(FirewallChangeRequest.class)
            .getSpec()
            .getVersions()
            .get(0)
            .getAdditionalPrinterColumns()
            .stream()
            .filter(c -> c.getPriority() == null || c.getPriority() == 0)
            .count();
    assertThat(shown).isLessThanOrEqualTo(6);
  }

  /** A column prints the first thing that its path finds: of two gates one was not shown. */
  @ParameterizedTest
  @MethodSource("kinds")
  void noColumnShowsTheFirstOfManyAsIfItWereAll(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    assertThat(render(kind).getSpec().getVersions().get(0).getAdditionalPrinterColumns())
        .noneMatch(column -> column.getJsonPath().contains("[*]"));
  }

  /** Whoever writes "16 days" was shown a regular expression. */
  @ParameterizedTest
  @MethodSource("kinds")
  void whoWritesALengthOfTimeInAnotherWayReadsASentence(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    List<String> patterns = new ArrayList<>();
    spans("spec", schema(render(kind)).getProperties().get("spec"), patterns);
    assertThat(patterns).as("answered with a pattern").isEmpty();
  }

  private static void spans(String path, JSONSchemaProps field, List<String> patterns) {
    if (Span.PATTERN.equals(field.getPattern())) {
      patterns.add(path);
    }
    children(field).forEach((name, child) -> spans(path + "." + name, child, patterns));
  }

  private static CustomResourceDefinition render(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    Path file = GENERATED.resolve(CustomResource.getCRDName(kind) + "-v1.yml");
    CustomResourceDefinition crd =
        Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
    // By it the operator finds the definitions that decide, to see that none was changed.
    crd.getMetadata().setLabels(Map.of("app.kubernetes.io/part-of", "process-orchestrator"));
    JSONSchemaProps root = schema(crd);
    root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
    // The generator cannot say it of a property that is declared in its own base class.
    root.setRequired(List.of("spec"));
    describe(root, "spec", argument(kind, 0));
    if (argument(kind, 1) == Void.class) {
      root.getProperties().remove("status");
      crd.getSpec().getVersions().get(0).setSubresources(null);
    } else {
      describe(root, "status", argument(kind, 1));
    }
    List<String> order =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    crd.getSpec()
        .getVersions()
        .get(0)
        .getAdditionalPrinterColumns()
        .sort(
            Comparator.comparingInt(
                (CustomResourceColumnDefinition c) -> order.indexOf(c.getName())));
    return crd;
  }

  private static Class<?> argument(Class<?> kind, int index) {
    TypeFactory types = TypeFactory.defaultInstance();
    return types.constructType(kind).findTypeParameters(CustomResource.class)[index].getRawClass();
  }

  private static void describe(JSONSchemaProps root, String field, Class<?> type) {
    JsonClassDescription description = type.getAnnotation(JsonClassDescription.class);
    if (description != null) {
      root.getProperties().get(field).setDescription(description.value());
    }
  }

  private static JSONSchemaProps schema(CustomResourceDefinition crd) {
    return crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
  }

  private static void collect(String path, JSONSchemaProps field, List<String> wrong) {
    String text = field.getDescription();
    if (text == null || !text.endsWith(".") || text.length() > 400) {
      wrong.add(path);
    }
    children(field).forEach((name, child) -> collect(path + "." + name, child, wrong));
  }

  private static void bounds(String path, JSONSchemaProps field, List<String> unbounded) {
    boolean text = "string".equals(field.getType());
    boolean free = field.getEnum() == null || field.getEnum().isEmpty();
    if (text && free && field.getMaxLength() == null && !"date-time".equals(field.getFormat())) {
      unbounded.add(path);
    }
    if ("array".equals(field.getType())) {
      if (field.getMaxItems() == null) {
        unbounded.add(path);
      }
      bounds(path + "[]", field.getItems().getSchema(), unbounded);
    }
    children(field).forEach((name, child) -> bounds(path + "." + name, child, unbounded));
  }

  private static Map<String, JSONSchemaProps> children(JSONSchemaProps field) {
    JSONSchemaProps holder = "array".equals(field.getType()) ? field.getItems().getSchema() : field;
    Map<String, JSONSchemaProps> properties = holder.getProperties();
    return properties == null ? Map.of() : properties;
  }
}
