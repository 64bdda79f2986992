package io.secamo.processes.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What expressions may speak about: variables and their fields, each with its type, so that a
 * misspelt field is an error when the expression is written and not when it is needed.
 */
public final class Vocabulary {
  private final Map<String, StructType> kinds = new LinkedHashMap<>();
  private final Map<String, CelType> variables = new LinkedHashMap<>();

  /** What a field holds. */
  public enum Holds {
    TEXT(SimpleType.STRING),
    NUMBER(SimpleType.INT),
    TRUTH(SimpleType.BOOL),
    /** A moment; values are {@link java.time.Instant}. */
    TIME(SimpleType.TIMESTAMP),
    TEXTS(ListType.create(SimpleType.STRING)),
    /** Names and values, all of them texts. */
    LABELS(MapType.create(SimpleType.STRING, SimpleType.STRING)),
    /** Anything: fields are looked up when the expression runs. */
    ANYTHING(SimpleType.DYN);

    private final CelType type;

    Holds(CelType type) {
      this.type = type;
    }
  }

  /** Adds a variable whose fields are of the given kinds. */
  public Vocabulary variable(String name, Map<String, Holds> fields) {
    return variable(name, fields, Map.of());
  }

  /**
   * Adds a variable.
   *
   * @param lists fields that are lists of things, with the fields of those
   */
  public Vocabulary variable(
      String name, Map<String, Holds> fields, Map<String, Map<String, Holds>> lists) {
    Map<String, CelType> types = new LinkedHashMap<>();
    fields.forEach((field, holds) -> types.put(field, holds.type));
    lists.forEach(
        (field, inner) -> {
          Map<String, CelType> innerTypes = new LinkedHashMap<>();
          inner.forEach((f, holds) -> innerTypes.put(f, holds.type));
          types.put(field, ListType.create(struct(name + "." + field, innerTypes)));
        });
    variables.put(name, struct(name, types));
    return this;
  }

  private StructType struct(String name, Map<String, CelType> given) {
    ImmutableMap<String, CelType> fields = ImmutableMap.copyOf(given);
    StructType type =
        StructType.create(
            "processes." + name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
    kinds.put(type.name(), type);
    return type;
  }

  /** What there is to speak about, for people. */
  String names() {
    List<String> names = variables.keySet().stream().sorted().toList();
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  Map<String, CelType> variables() {
    return variables;
  }

  CelTypeProvider types() {
    return new Types(ImmutableMap.copyOf(kinds));
  }

  private record Types(ImmutableMap<String, StructType> kinds) implements CelTypeProvider {
    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.copyOf(kinds.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
      return Optional.ofNullable(kinds.get(name));
    }
  }
}
