package dev.knight;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes of a directory or a jar, as they were compiled. */
record ByteCode(List<Compiled> classes) {
  /** A class, an interface or an enum. */
  record Compiled(String name, List<Field> fields, List<Code> methods) {}

  /** A field, and the class that it holds. */
  record Field(String name, String type, boolean isStatic) {}

  /** What a method or an initialiser calls and reads, as it stands there. */
  record Code(String name, String descriptor, List<Use> uses) {
    boolean isStaticInitialiser() {
      return name.equals("<clinit>");
    }
  }

  /** A call of a method, or a look at a field. */
  record Use(String owner, String name, String descriptor) {
    @Override
    public String toString() {
      return owner + "." + name;
    }
  }

  /** All where {@code type} comes from. */
  static ByteCode around(Class<?> type) {
    Path place = place(type);
    try {
      if (Files.isDirectory(place)) {
        return in(place);
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return in(jar.getPath("/"));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The directory or jar that {@code type} comes from. */
  static Path place(Class<?> type) {
    try {
      return Path.of(
          requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static ByteCode in(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return new ByteCode(
          files
              .filter(file -> file.toString().endsWith(".class"))
              .filter(file -> !file.toString().endsWith("-info.class"))
              .map(ByteCode::compiled)
              .toList());
    }
  }

  private static Compiled compiled(Path file) {
    try {
      ClassModel parsed = ClassFile.of().parse(Files.readAllBytes(file));
      return new Compiled(
          parsed.thisClass().asInternalName().replace('/', '.'),
          parsed.fields().stream()
              .map(field ->
                  new Field(
                      field.fieldName().stringValue(),
                      name(field.fieldTypeSymbol().descriptorString()),
                      (field.flags().flagsMask() & ClassFile.ACC_STATIC) != 0))
              .toList(),
          parsed.methods().stream().map(ByteCode::code).toList());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Code code(MethodModel method) {
    List<Use> uses =
        method.code().stream()
            .flatMap(code -> code.elementStream())
            .<Use>mapMulti((element, found) -> {
              if (element instanceof InvokeInstruction call) {
                found.accept(
                    new Use(
                        call.owner().asInternalName().replace('/', '.'),
                        call.name().stringValue(),
                        call.type().stringValue()));
              } else if (element instanceof FieldInstruction look) {
                found.accept(
                    new Use(
                        look.owner().asInternalName().replace('/', '.'),
                        look.name().stringValue(),
                        look.type().stringValue()));
              }
            })
            .toList();
    return new Code(method.methodName().stringValue(), method.methodType().stringValue(), uses);
  }

  private static String name(String descriptor) {
    return descriptor.startsWith("L")
        ? descriptor.substring(1, descriptor.length() - 1).replace('/', '.')
        : descriptor;
  }
}
