package io.secamo.processes.approval;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a record says, for a digest: the way to each value, and the value. Equal records give equal
 * lines; what is not given leaves no line, whatever the schema would have filled in.
 */
final class Content {
  private final List<String> lines = new ArrayList<>();

  private Content() {}

  /** The way to each value and the value itself, in turn. */
  static List<String> of(@Nullable Record record) {
    Content content = new Content();
    content.add("", record);
    return List.copyOf(content.lines);
  }

  private void add(String way, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Record record -> {
        // One in which nothing is given is another thing than none.
        lines.add(way + ".");
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          add(way + "." + component.getName(), read(component, record));
        }
      }
      case List<?> list -> {
        lines.add(way + "#");
        lines.add(Integer.toString(list.size()));
        for (int i = 0; i < list.size(); i++) {
          add(way + "[" + i + "]", list.get(i));
        }
      }
      case Map<?, ?> map -> {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, of) -> sorted.put(String.valueOf(key), of));
        sorted.forEach(
            (key, of) -> {
              lines.add(way + " key");
              lines.add(key);
              add(way + " value", of);
            });
      }
      default -> {
        lines.add(way);
        lines.add(value.toString());
      }
    }
  }

  private static @Nullable Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException(component + " cannot be read", hidden);
    }
  }
}
