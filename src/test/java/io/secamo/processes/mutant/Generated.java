package io.secamo.processes.mutant;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Says how many of the generated mutants the tests of each package have found, and which ones live.
 * Reads the report of PIT. Called by dev/mutants.
 */
final class Generated {
  private static final String ROOT = "io.secamo.processes.";

  /** Tied to what stands around it, and therefore measured but not judged. */
  private static final String NOT_PURE = "process";

  private static final int ENOUGH = 95;

  /** One generated mutant. */
  private record One(boolean found, String place, String change) {}

  private Generated() {}

  /** Arguments: the report, and the packages that it must be about. */
  public static void main(String[] args) throws IOException, XMLStreamException {
    Map<String, List<One>> packages = read(Path.of(args[0]));
    System.out.printf("%-12s %8s %7s %8s%n", "package", "mutants", "killed", "percent");
    boolean enough = true;
    for (String name : List.of(args).subList(1, args.length)) {
      List<One> mutants = packages.getOrDefault(name, List.of());
      long killed = mutants.stream().filter(One::found).count();
      double percent = mutants.isEmpty() ? 0 : 100.0 * killed / mutants.size();
      System.out.printf(
          Locale.ROOT, "%-12s %8d %7d %7.1f%%%n", name, mutants.size(), killed, percent);
      enough &= percent >= ENOUGH || name.equals(NOT_PURE);
    }
    for (String name : List.of(args).subList(1, args.length)) {
      packages.getOrDefault(name, List.of()).stream()
          .filter(one -> !one.found())
          .forEach(one -> System.out.println("lives: " + one.place() + "  " + one.change()));
    }
    if (!enough) {
      System.out.println("A package is below " + ENOUGH + " %.");
    }
    System.exit(enough ? 0 : 1);
  }

  /** The mutants of each package right below that of the project. */
  private static Map<String, List<One>> read(Path report) throws IOException, XMLStreamException {
    Map<String, List<One>> packages = new TreeMap<>();
    try (Reader file = Files.newBufferedReader(report)) {
      XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(file);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("mutation")) {
          boolean found = Boolean.parseBoolean(xml.getAttributeValue(null, "detected"));
          Map<String, String> facts = facts(xml);
          String type = facts.get("mutatedClass");
          packages
              .computeIfAbsent(
                  type.substring(ROOT.length()).replaceFirst("\\..*", ""), k -> new ArrayList<>())
              .add(new One(found, place(type, facts), facts.get("description")));
        }
      }
    }
    return packages;
  }

  private static String place(String type, Map<String, String> facts) {
    return type.substring(type.lastIndexOf('.') + 1)
        + "."
        + facts.get("mutatedMethod")
        + ":"
        + facts.get("lineNumber");
  }

  /** What stands in a mutation, up to its end. */
  private static Map<String, String> facts(XMLStreamReader xml) throws XMLStreamException {
    Map<String, String> facts = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    while (true) {
      int what = xml.next();
      if (what == XMLStreamConstants.START_ELEMENT) {
        text.setLength(0);
      } else if (what == XMLStreamConstants.CHARACTERS) {
        text.append(xml.getText());
      } else if (what == XMLStreamConstants.END_ELEMENT) {
        if (xml.getLocalName().equals("mutation")) {
          return facts;
        }
        facts.put(xml.getLocalName(), text.toString());
      }
    }
  }
}
