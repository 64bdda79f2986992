package io.secamo.processes.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to break the operator.
 *
 * @param name what is broken, in words
 * @param source the file, from the package of the project on
 * @param there what stands there
 * @param instead what is put in its place
 */
record Mutant(String name, String source, String there, String instead) {
  static final Path LIST = Path.of("dev/mutants.d/operator.txt");
  private static final Path SOURCES = Path.of("src/main/java/io/secamo/processes");
  private static final Pattern FORM =
      Pattern.compile(
          "^== ([^\n]+)\n(\\S+)\n<<<<\n(.*?)\n====\n(.*?)\n?>>>>$",
          Pattern.MULTILINE | Pattern.DOTALL);

  /** All of them. */
  static List<Mutant> all() throws IOException {
    List<Mutant> all = new ArrayList<>();
    Matcher form = FORM.matcher(Files.readString(LIST));
    while (form.find()) {
      all.add(new Mutant(form.group(1), form.group(2), form.group(3), form.group(4)));
    }
    return all;
  }

  Path file() {
    return SOURCES.resolve(source);
  }

  /** How often its place is found; anything but one means that the list is out of date. */
  int places() throws IOException {
    return Files.readString(file()).split(Pattern.quote(there), -1).length - 1;
  }

  /** The broken source. */
  String text() throws IOException {
    return Files.readString(file()).replace(there, instead);
  }
}
