import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.DebugElementsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Usage: java scripts/lib/SlimJar.java JAR
 *
 * <p>Writes JAR anew, without what each JVM that starts from it would hold and never use: the names
 * of local variables in other people's classes, and three more times for each entry. A class in a
 * form before that of Java 6 gets that of Java 8, since a JVM keeps no such old one in an AOT
 * cache. What a class does, and the lines that a stack trace tells, stay; a class that cannot be
 * written or verified anew, for want of an optional library mostly, stays as it is.
 */
final class SlimJar {
  /** Whose local variables the JVM goes on to name, when it tells what was null. */
  private static final String OWN = "dev/knight/";

  private static final String CLASS = ".class";

  private final ZipFile old;
  private final ClassFile classFile;

  private SlimJar(ZipFile old) {
    this.old = old;
    this.classFile =
        ClassFile.of(
            DebugElementsOption.DROP_DEBUG,
            ConstantPoolSharingOption.NEW_POOL,
            ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(this::open)
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached()));
  }

  public static void main(String... args) throws IOException {
    Path jar = Path.of(args[0]);
    Path slim = jar.resolveSibling(jar.getFileName() + ".slim");
    try (ZipFile old = new ZipFile(jar.toFile());
        ZipOutputStream written =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(slim)))) {
      new SlimJar(old).write(written);
    }
    Files.move(slim, jar, StandardCopyOption.ATOMIC_MOVE);
  }

  private void write(ZipOutputStream written) throws IOException {
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : Collections.list(old.entries())) {
      if (names.add(entry.getName())) {
        written.putNextEntry(entry(entry));
        written.write(content(entry));
      }
    }
  }

  /** With one time, and that in the two seconds' steps of the format itself. */
  private static ZipEntry entry(ZipEntry entry) {
    ZipEntry slim = new ZipEntry(entry.getName());
    slim.setTimeLocal(
        LocalDateTime.ofInstant(entry.getLastModifiedTime().toInstant(), ZoneOffset.UTC));
    return slim;
  }

  private byte[] content(ZipEntry entry) throws IOException {
    try (InputStream bytes = old.getInputStream(entry)) {
      byte[] content = bytes.readAllBytes();
      boolean isClass = entry.getName().endsWith(CLASS) && !entry.getName().startsWith(OWN);
      return isClass ? slim(content) : content;
    }
  }

  private byte[] slim(byte[] bytes) {
    try {
      byte[] slim = classFile.transformClass(classFile.parse(bytes), modern().andThen(rewritten()));
      return classFile.verify(slim).isEmpty() ? slim : bytes;
    } catch (IllegalArgumentException notWhole) {
      return bytes;
    }
  }

  private static ClassTransform modern() {
    return (builder, element) -> {
      if (element instanceof ClassFileVersion version
          && version.majorVersion() < ClassFile.JAVA_6_VERSION) {
        builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
      } else {
        builder.with(element);
      }
    };
  }

  /** Code that is only passed on is copied as it is, with all that stands beside it. */
  private static ClassTransform rewritten() {
    return ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
  }

  private InputStream open(ClassDesc type) {
    String descriptor = type.descriptorString();
    ZipEntry entry = old.getEntry(descriptor.substring(1, descriptor.length() - 1) + CLASS);
    try {
      return entry == null ? null : old.getInputStream(entry);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
