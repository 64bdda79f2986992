package io.secamo.processes.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * The compiled classes of a program, found by their simple names wherever they live: a class that
 * moves to another package is still the same one.
 */
final class Program {
  /** Where a type that a value names may be, besides in the program itself. */
  private static final List<String> USUAL = List.of("java/lang/", "java/time/", "java/util/");

  private final Path folder;
  private final TreeMap<String, Path> files = new TreeMap<>();

  /** The classes below a folder. */
  Program(Path folder) {
    this.folder = folder;
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(file -> file.toString().endsWith(".class"))
          .forEach(file -> files.put(internalName(file), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String internalName(Path file) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    return name.substring(0, name.length() - ".class".length());
  }

  /**
   * The classes that a name can mean.
   *
   * @param name {@code Outer}, {@code Nested}, {@code Outer.Nested} or with packages before it
   */
  List<ClassNode> named(String name) {
    return files.keySet().stream().filter(file -> means(name, file)).map(this::read).toList();
  }

  /** Whether a name, with or without what is around it, is that of a class. */
  static boolean means(String name, String internalName) {
    return ("." + internalName.replace('/', '.').replace('$', '.')).endsWith("." + name);
  }

  /** Classes that have a method of this name: where one may have moved to. */
  List<String> having(String method) {
    return files.keySet().stream()
        .map(this::read)
        .filter(node -> node.methods.stream().anyMatch(m -> m.name.equals(method)))
        .map(node -> simple(node.name))
        .sorted()
        .toList();
  }

  /** A class by the name that class files use, also one of Java itself or of a library. */
  ClassNode read(String internalName) {
    try (InputStream in = open(internalName)) {
      ClassNode node = new ClassNode();
      new ClassReader(in).accept(node, ClassReader.EXPAND_FRAMES);
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream open(String internalName) throws IOException {
    Path file = files.get(internalName);
    InputStream in =
        file == null
            ? ClassLoader.getSystemResourceAsStream(internalName + ".class")
            : Files.newInputStream(file);
    if (in == null) {
      throw new OutOfDate("there is no class " + internalName.replace('/', '.'));
    }
    return in;
  }

  /** The one type of a simple name: of the program, or one of Java that everybody knows. */
  String type(String simpleName) {
    List<String> ours = files.keySet().stream().filter(file -> means(simpleName, file)).toList();
    if (ours.size() > 1) {
      throw new OutOfDate("several types are called " + simpleName + ": " + ours);
    }
    return ours.stream()
        .findFirst()
        .or(() -> USUAL.stream().map(pack -> pack + simpleName).filter(this::exists).findFirst())
        .orElseThrow(() -> new OutOfDate("there is no type " + simpleName));
  }

  private boolean exists(String internalName) {
    return ClassLoader.getSystemResource(internalName + ".class") != null;
  }

  /** A class and what it extends and implements, nearest first. */
  List<ClassNode> withParents(String internalName) {
    List<ClassNode> all = new ArrayList<>();
    ClassNode node = read(internalName);
    all.add(node);
    Optional.ofNullable(node.superName).ifPresent(parent -> all.addAll(withParents(parent)));
    node.interfaces.forEach(parent -> all.addAll(withParents(parent)));
    return all;
  }

  /** The name of a class without packages and without what is around it. */
  static String simple(String internalName) {
    return internalName.substring(
        Math.max(internalName.lastIndexOf('/'), internalName.lastIndexOf('$')) + 1);
  }
}
