package io.secamo.processes.kubernetes.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a kubeconfig file, and what it names: other files, or their content.
 *
 * @param kind cluster or user
 * @param file the kubeconfig file that has it
 */
record Entry<T>(String kind, String name, T value, Path file) {
  /** Nothing that belongs there is larger. */
  private static final int MOST = 1 << 20;

  /**
   * The text of a field that holds it in base64, or else of the file that another field names.
   *
   * @param field the name of the one that names a file; the other one ends in -data
   */
  Optional<Named> text(String field, @Nullable String data, @Nullable String path) {
    if (data != null && !data.isEmpty()) {
      try {
        byte[] bytes = Base64.getDecoder().decode(data.replaceAll("\\s", ""));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return Optional.of(new Named(this, field + "-data", text));
      } catch (IllegalArgumentException notBase64) {
        throw wrong(field + "-data is not base64; log in again, or write it with base64 -w0");
      }
    }
    return path == null || path.isEmpty()
        ? Optional.empty()
        : Optional.of(new Named(this, field, read(field, beside(path))));
  }

  /** A path is meant as seen from the kubeconfig file that has it. */
  Path beside(String path) {
    return file.toAbsolutePath().resolveSibling(path);
  }

  private String read(String field, Path named) {
    try (InputStream in = Files.newInputStream(named)) {
      return new String(in.readNBytes(MOST), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw wrong(
          field + " names " + named + ", which is not there; log in again, or put it there");
    } catch (IOException e) {
      throw wrong(
          field + " names " + named + ", which you may not read; look at its owner and its rights");
    }
  }

  /** What is wrong with it, and how to mend it. */
  UnknownCluster wrong(String sentence) {
    return new UnknownCluster(kind + " " + name + " in " + file + ": " + sentence);
  }

  /**
   * A text that an entry names.
   *
   * @param field where it was found
   */
  record Named(Entry<?> entry, String field, String text) {
    UnknownCluster wrong(String sentence) {
      return entry.wrong(field + " " + sentence);
    }
  }
}
