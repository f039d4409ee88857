package dev.knight.overlay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory in layers.
 *
 * @param below what it differs from; nothing there may change
 * @param own what differs, where all of it is seen
 * @param work the kernel's own, on the disk of {@code own}
 */
public record Layers(Path below, Path own, Path work) {
  /** The kernel takes the paths in one line, with commas and colons of its own. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._+@-]+");

  /**
   * The same by the paths that no link leads to: by these the kernel says who sees what.
   *
   * @throws LayersException if the kernel cannot be told them as they are
   */
  Layers real() throws IOException {
    Layers real = new Layers(below.toRealPath(), own.toRealPath(), work.toRealPath());
    if (!Stream.of(real.below, real.own, real.work).allMatch(Layers::isPlain)) {
      throw new LayersException(
          "the path %s has letters that mount reads otherwise".formatted(own));
    }
    return real;
  }

  private static boolean isPlain(Path path) {
    return PLAIN.matcher(path.toString()).matches();
  }

  /** The words for {@code mount}. */
  String options() {
    return "lowerdir=%s,upperdir=%s,workdir=%s,userxattr,index=off".formatted(below, own, work);
  }
}
