package io.secamo.processes.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.secamo.processes.api.Narrowings.Narrowing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was stored under a schema that users have had stays readable and writable under the present
 * one. The released schemas are in {@code crds/released}.
 */
class ReleasedSchemasTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path CRDS = Path.of("crds");
  private static final Path RELEASED = CRDS.resolve("released");

  static List<Path> releases() throws IOException {
    try (Stream<Path> folders = Files.list(RELEASED)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  static List<Path> releasedDefinitions() throws IOException {
    try (Stream<Path> files = Files.walk(RELEASED)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("releasedDefinitions")
  void whatWasStoredUnderAReleasedSchemaIsStillTaken(Path released) throws IOException {
    Path present = CRDS.resolve(released.getFileName());
    assertThat(present).as("the kind of %s: stored objects need it", released).exists();
    assertThat(Narrowings.ofDefinition(read(released), read(present)))
        .as("%s takes less than %s did", present, released)
        .isEmpty();
  }

  @Test
  void theCommitThatUsersUpgradeFromHasItsSchemasHere() throws IOException {
    String commit = Files.readString(Path.of("dev/upgrade-from")).strip().substring(0, 7);
    assertThat(releases())
        .as("a folder for the commit of dev/upgrade-from: see crds/released/README.md")
        .anyMatch(release -> release.getFileName().toString().endsWith("-" + commit));
  }

  @Test
  void aReleasedSchemaIsNeverInstalled() throws IOException {
    JsonNode installed = read(CRDS.resolve("kustomization.yaml")).path("resources");
    assertThat(installed).isNotEmpty();
    for (JsonNode resource : installed) {
      assertThat(resource.asText()).doesNotContain("/");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {type: string}                        ; {type: integer}                           ; type was
          {type: string}                        ; {x-kubernetes-int-or-string: true}        ; type was
          {nullable: true}                      ; {}                                        ; nullable was true
          {x-kubernetes-preserve-unknown-fields: true} ; {}                                 ; preserve-unknown-fields was true
          {maxLength: 9}                        ; {maxLength: 8}                            ; maxLength was 9, is 8
          {}                                    ; {maxLength: 8}                            ; maxLength was absent
          {maxItems: 9}                         ; {maxItems: 8}                             ; maxItems
          {maxProperties: 9}                    ; {maxProperties: 8}                        ; maxProperties
          {maximum: 9}                          ; {maximum: 8.5}                            ; maximum
          {maximum: 9}                          ; {maximum: 9, exclusiveMaximum: true}      ; excluded
          {minLength: 1}                        ; {minLength: 2}                            ; minLength
          {minItems: 1}                         ; {minItems: 2}                             ; minItems
          {}                                    ; {minProperties: 1}                        ; minProperties
          {}                                    ; {minimum: 0}                              ; minimum was absent
          {minimum: 0}                          ; {minimum: 0, exclusiveMinimum: true}      ; excluded
          {enum: [a, b]}                        ; {enum: [a, c]}                            ; enum lost "b"
          {}                                    ; {enum: [a]}                               ; enum is new
          {pattern: ^a+$}                       ; {pattern: ^a$}                            ; pattern was
          {}                                    ; {pattern: ^a$}                            ; pattern was
          {}                                    ; {format: date-time}                       ; format was absent
          {format: int64}                       ; {format: int32}                           ; format was
          {}                                    ; {uniqueItems: true}                       ; uniqueItems
          {}                                    ; {multipleOf: 2}                           ; multipleOf
          {}                                    ; {x-kubernetes-list-type: set}             ; list-type
          {}                                    ; {anyOf: [{required: [a]}]}                ; anyOf
          {}                                    ; {x-kubernetes-validations: [{rule: self.a < 2}]} ; is new
          {type: string}                        ; {type: string, x-kubernetes-validations: [{rule: type(self) == google.protobuf.Timestamp}]} ; is new
          {properties: {a: {}}}                 ; {properties: {a: {}}, x-kubernetes-validations: [{rule: '!has(self.a) || self.a < 2'}]} ; is new
          {properties: {a: {}}}                 ; {properties: {a: {}}, x-kubernetes-validations: [{rule: '!has(self.b) || self.b < 2 ? true : false'}]} ; is new
          {}                                    ; {x-kubernetes-validations: [{rule: self < 2 || oldSelf.orValue(0) < 2, optionalOldSelf: true}]} ; is new
          {properties: {a: {}}}                 ; {properties: {b: {}}}                     ; .a: is gone
          {properties: {a: {}}}                 ; {properties: {a: {}}, required: [a]}      ; .a: is required
          {}                                    ; {properties: {b: {}}, required: [b]}      ; .b: is required
          {properties: {a: {default: 1}}, required: [a]} ; {properties: {a: {}}, required: [a]} ; .a: is required
          {items: {maxLength: 9}}               ; {items: {maxLength: 8}}                   ; []: maxLength
          {additionalProperties: {type: string}} ; {additionalProperties: {type: integer}}  ; {}: type
          {additionalProperties: {type: string}} ; {}                                       ; {}: is gone
          {properties: {a: {items: {properties: {b: {maxLength: 9}}}}}} ; {properties: {a: {items: {properties: {b: {maxLength: 8}}}}}} ; .a[].b: maxLength
          """)
  void everyWayToTakeLessIsNoticed(String released, String present, String said)
      throws IOException {
    assertThat(Narrowings.ofSchema("Example", YAML.readTree(released), YAML.readTree(present)))
        .singleElement()
        .asString()
        .contains("Example ", said, "To mend: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {format: date-time}              ; {format: date-time, x-kubernetes-validations: [{rule: type(self) == google.protobuf.Timestamp}]}
          {maxLength: 8, minLength: 2}     ; {maxLength: 9, minLength: 1}
          {maximum: 8, minItems: 1}        ; {}
          {maximum: 8}                     ; {maximum: 9, exclusiveMaximum: true}
          {}                               ; {minLength: 0}
          {enum: [a]}                      ; {enum: [b, a]}
          {enum: [a]}                      ; {}
          {pattern: ^a$}                   ; {pattern: ^a$|^b$}
          {pattern: ^a$, format: int32}    ; {}
          {description: one}               ; {description: other, example: 1}
          {}                               ; {nullable: true, uniqueItems: false}
          {}                               ; {properties: {b: {maxLength: 1}}}
          {}                               ; {properties: {b: {default: 1}}, required: [b]}
          {properties: {a: {}}, required: [a]} ; {properties: {a: {default: 1}}}
          {x-kubernetes-validations: [{rule: self.a < 2}]} ; {}
          {x-kubernetes-validations: [{rule: self.a < 2}]} ; {x-kubernetes-validations: [{rule: self.a < 2, message: words}]}
          {x-kubernetes-validations: [{rule: self.a < 2}]} ; {x-kubernetes-validations: [{rule: '(self.a < 2) || self.a > 5'}]}
          {}                               ; {x-kubernetes-validations: [{rule: self.a == oldSelf.a}]}
          {}                               ; {x-kubernetes-validations: [{rule: oldSelf.hasValue() && oldSelf.value() == self || self < 2, optionalOldSelf: true}]}
          {properties: {a: {}}}            ; {properties: {a: {}, b: {}}, x-kubernetes-validations: [{rule: '!has(self.b) || self.b < 2'}]}
          """)
  void whatTakesMoreIsFine(String released, String present) throws IOException {
    assertThat(Narrowings.ofSchema("Example", YAML.readTree(released), YAML.readTree(present)))
        .isEmpty();
  }

  @Test
  void aVersionThatIsNoLongerServedIsNoticed() throws IOException {
    String definition =
        "{spec: {group: g, scope: S, names: {kind: K}, versions: [{name: v1, served: %s}]}}";
    List<Narrowing> found =
        Narrowings.ofDefinition(
            YAML.readTree(definition.formatted(true)), YAML.readTree(definition.formatted(false)));
    assertThat(found).singleElement().asString().contains("K v1: is not served any more");
  }

  @Test
  void aKindThatMovesToAnotherGroupOrScopeIsNoticed() throws IOException {
    String definition = "{spec: {group: %s, scope: %s, names: {kind: K}}}";
    List<Narrowing> found =
        Narrowings.ofDefinition(
            YAML.readTree(definition.formatted("g", "Namespaced")),
            YAML.readTree(definition.formatted("h", "Cluster")));
    assertThat(found).extracting(Narrowing::path).containsExactly("/spec/group", "/spec/scope");
  }

  private static JsonNode read(Path file) throws IOException {
    return YAML.readTree(Files.readString(file));
  }
}
