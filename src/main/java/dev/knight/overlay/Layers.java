package dev.knight.overlay;

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

  /** Whether the kernel can be told these paths as they are. */
  boolean isPlain() {
    return Stream.of(below, own, work).allMatch(path -> PLAIN.matcher(path.toString()).matches());
  }

  /** The words for {@code mount}. */
  String options() {
    return "lowerdir=%s,upperdir=%s,workdir=%s,userxattr,index=off".formatted(below, own, work);
  }
}
