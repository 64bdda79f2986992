package io.secamo.processes.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;

/**
 * One way to break the operator.
 *
 * @param name what is broken, in words
 * @param edits what is done to the compiled classes
 */
record Mutant(String name, List<Edit> edits) {
  static final Path LIST = Path.of("dev/mutants.d/operator.txt");
  static final Path CLASSES = Path.of("target/classes");

  /**
   * One edit of one method, see {@link Words}.
   *
   * @param where file and line that say so
   */
  record Edit(String where, String place, String words) {}

  /** All of them. */
  static List<Mutant> all() throws IOException {
    return read(LIST.toString(), Files.readAllLines(LIST));
  }

  /**
   * The mutants of a list.
   *
   * @param file its name, for messages
   */
  static List<Mutant> read(String file, List<String> lines) {
    List<Mutant> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      String where = file + ":" + (i + 1);
      if (line.startsWith("== ")) {
        all.add(new Mutant(line.substring(3), new ArrayList<>()));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        int colon = line.indexOf(": ");
        if (all.isEmpty() || colon < 0) {
          throw new OutOfDate(where + ": '" + line + "' is not of the form 'Class.method: words'");
        }
        all.getLast()
            .edits()
            .add(new Edit(where, line.substring(0, colon), line.substring(colon + 2)));
      }
    }
    return all;
  }

  /**
   * The classes that it changes, by the names that class files use.
   *
   * @throws OutOfDate if what it names is not there as it says
   */
  Map<String, byte[]> classes(Program program) {
    Map<String, ClassNode> changed = new LinkedHashMap<>();
    for (Edit edit : edits) {
      try {
        Body body =
            new Body(Place.of(edit.place()).in(program, named -> known(program, named, changed)));
        Words.apply(edit.words(), program, body);
        changed.put(body.owner().name, body.owner());
      } catch (OutOfDate e) {
        throw new OutOfDate(
            edit.where() + ": the mutant '" + name + "' is out of date: " + e.getMessage());
      }
    }
    Map<String, byte[]> classes = new LinkedHashMap<>();
    changed.forEach((internalName, node) -> classes.put(internalName, bytes(node)));
    return classes;
  }

  /** Classes that an earlier edit has changed are changed further. */
  private static List<ClassNode> known(
      Program program, String name, Map<String, ClassNode> changed) {
    return program.named(name).stream().map(n -> changed.getOrDefault(n.name, n)).toList();
  }

  /** A class as it is written to a file. */
  static byte[] bytes(ClassNode node) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    node.accept(writer);
    return writer.toByteArray();
  }

  /** Writes the broken classes to a folder that is put first on the class path. */
  void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> broken : classes(new Program(CLASSES)).entrySet()) {
      Path file = folder.resolve(broken.getKey() + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, broken.getValue());
    }
  }
}
