package io.secamo.processes.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/** The files that somebody names: themselves, or all that are in a folder that they name. */
public final class NamedFiles {
  /** As much as is read of one file: some thousands of records. */
  public static final int LARGEST_MIB = 32;

  private NamedFiles() {}

  /**
   * What is meant by a path, sorted. Hidden files of a folder are left out, as shells do. What
   * cannot be looked into stands there itself, so that reading it tells why.
   */
  public static List<Path> meant(Path named) {
    if (!Files.isDirectory(named)) {
      return List.of(named);
    }
    Gathering gathering = new Gathering(named);
    EnumSet<FileVisitOption> links = EnumSet.of(FileVisitOption.FOLLOW_LINKS);
    try {
      Files.walkFileTree(named, links, Integer.MAX_VALUE, gathering);
    } catch (IOException unreadable) {
      return List.of(named);
    }
    Collections.sort(gathering.found);
    return gathering.found;
  }

  private static final class Gathering extends SimpleFileVisitor<Path> {
    private final List<Path> found = new ArrayList<>();
    private final Path top;

    Gathering(Path top) {
      this.top = top;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return folder.equals(top) || !hidden(folder)
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !hidden(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      if (!(why instanceof FileSystemLoopException) && !hidden(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static boolean hidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  /** How large a file is; 0 if nobody can say. */
  public static long mebibytes(Path file) {
    try {
      return Files.size(file) >> 20;
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** What is found in a file, also in one that cannot be read. */
  public static List<Finding> check(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((LARGEST_MIB << 20) + 1);
      return bytes.length > LARGEST_MIB << 20
          ? unread("it is larger than " + LARGEST_MIB + " MiB; export fewer records at once")
          : EvidenceFile.check(bytes);
    } catch (NoSuchFileException e) {
      return unread("it is not there; look for the file");
    } catch (AccessDeniedException e) {
      return unread("you may not; ask its owner for the right to read it");
    } catch (IOException e) {
      return unread(e.getMessage() + "; look for the file elsewhere");
    }
  }

  /** What is said of a path that cannot be read. */
  public static List<Finding> unread(String why) {
    return List.of(Finding.none("cannot be read: " + why));
  }
}
