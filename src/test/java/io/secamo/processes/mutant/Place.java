package io.secamo.processes.mutant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A method of the program, as a mutant names it.
 *
 * @param owner simple name of its class
 * @param method its name, {@code new} for a constructor
 * @param parameters simple names of the types of its parameters; null if only one has its name
 */
record Place(String owner, String method, List<String> parameters) {
  private static final Pattern FORM = Pattern.compile("([\\w.]+)\\.(\\w+)(?:\\(([\\w, ]*)\\))?");

  /** A method in a class that may be changed. */
  record Found(ClassNode owner, MethodNode method) {
    @Override
    public String toString() {
      return Program.simple(owner.name)
          + "."
          + (method.name.equals("<init>") ? "new" : method.name);
    }
  }

  static Place of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new OutOfDate("'" + text + "' is not of the form Class.method");
    }
    String types = form.group(3);
    return new Place(
        form.group(1),
        form.group(2),
        types == null
            ? null
            : Arrays.stream(types.split(","))
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .toList());
  }

  /**
   * Looks for it.
   *
   * @param classes gives the classes of a name
   */
  Found in(Program program, Function<String, List<ClassNode>> classes) {
    List<ClassNode> owners = classes.apply(owner);
    if (owners.isEmpty()) {
      throw new OutOfDate(
          "there is no class " + owner + "; a method " + method + " is in" + list(having(program)));
    }
    List<Found> found = new ArrayList<>();
    for (ClassNode candidate : owners) {
      candidate.methods.stream()
          .filter(this::matches)
          .forEach(node -> found.add(new Found(candidate, node)));
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new OutOfDate(found.isEmpty() ? none(program, owners) : several(found));
  }

  private List<String> having(Program program) {
    return program.having(bytecodeName());
  }

  private String bytecodeName() {
    return method.equals("new") ? "<init>" : method;
  }

  private boolean matches(MethodNode node) {
    return node.name.equals(bytecodeName())
        && (node.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_BRIDGE)) == 0
        && (parameters == null || parameters.equals(types(node)));
  }

  private static List<String> types(MethodNode node) {
    return Stream.of(Type.getArgumentTypes(node.desc)).map(Place::simple).toList();
  }

  /** A method as a mutant would name it. */
  private static String spoken(MethodNode node) {
    String name = node.name.equals("<init>") ? "new" : node.name;
    return name + types(node).stream().collect(Collectors.joining(", ", "(", ")"));
  }

  private static String simple(Type type) {
    String name = type.getClassName();
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  private String none(Program program, List<ClassNode> owners) {
    String there =
        owners.stream()
            .flatMap(node -> node.methods.stream())
            .filter(node -> (node.access & Opcodes.ACC_SYNTHETIC) == 0)
            .filter(node -> !node.name.equals("<clinit>"))
            .map(Place::spoken)
            .distinct()
            .collect(Collectors.joining(", "));
    return owner
        + " has no method "
        + method
        + (parameters == null ? "" : parameters)
        + ", it has "
        + there
        + "; a method "
        + method
        + " is in"
        + list(having(program));
  }

  private String several(List<Found> found) {
    return "several methods are called "
        + owner
        + "."
        + method
        + ", say which: "
        + found.stream()
            .map(
                one ->
                    one.owner().name.replace('/', '.').replace('$', '.')
                        + "."
                        + spoken(one.method()))
            .collect(Collectors.joining(" or "));
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? " no class" : " " + String.join(", ", names);
  }
}
