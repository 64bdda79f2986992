package io.secamo.processes.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Loads classes of ours anew, some of them broken, and everything else as it is. */
final class BrokenClasses extends ClassLoader {
  private static final String OURS = "io.secamo.processes.";

  private final Map<String, byte[]> broken;

  /**
   * To be thrown away.
   *
   * @param broken by the names that class files use
   */
  BrokenClasses(Map<String, byte[]> broken) {
    super(BrokenClasses.class.getClassLoader());
    this.broken = broken;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      return name.startsWith(OURS) ? findClass(name) : super.loadClass(name, resolve);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String internalName = name.replace('.', '/');
    byte[] bytes = broken.get(internalName);
    try (InputStream in = getResourceAsStream(internalName + ".class")) {
      if (bytes == null && in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] used = bytes == null ? in.readAllBytes() : bytes;
      return defineClass(name, used, 0, used.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
