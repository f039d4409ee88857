package dev.knight.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a jail reads at its start, on disk. Each set has a name of its own, so that two jails with
 * one directory do not disturb each other, and is written anew each time: what a power cut left of
 * an earlier one would be half a jail.
 */
final class JailFiles {
  private static final int LENGTH_OF_SUM = 16;

  private JailFiles() {}

  /**
   * Writes {@code files}, which bear their names as endings, into {@code directory}.
   *
   * @return what stands before the endings, with a dot
   */
  static String write(Path directory, SortedMap<String, byte[]> files) throws IOException {
    String prefix = "jail-" + sum(files) + ".";
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path draft = Files.createTempFile(directory, ".jail-", ".part");
      Files.write(draft, file.getValue());
      Files.move(draft, directory.resolve(prefix + file.getKey()), StandardCopyOption.ATOMIC_MOVE);
    }
    return directory.resolve(prefix).toString();
  }

  private static String sum(SortedMap<String, byte[]> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach((name, content) -> {
        digest.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      });
      return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH_OF_SUM);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
