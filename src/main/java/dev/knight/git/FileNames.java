package dev.knight.git;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * File names as git has them, which is bytes. Java turns text into bytes by the locale of the
 * process, and a service often has none: then every name with an umlaut is lost. A {@code file:}
 * URI carries the bytes themselves, both ways.
 */
final class FileNames {
  /** Below it nothing exists, so no URI gets a slash at its end for being a directory. */
  private static final String NOWHERE = "/dev/null";

  private static final String HEX = "0123456789ABCDEF";

  private FileNames() {}

  /** The relative path, or the absolute one, whose bytes are {@code name}. */
  static Path path(byte[] name) {
    if (isAscii(name)) {
      return Path.of(new String(name, StandardCharsets.US_ASCII));
    }
    Path absolute = Path.of(URI.create("file://" + (name[0] == '/' ? "" : "/") + encoded(name)));
    return name[0] == '/' ? absolute : absolute.subpath(0, absolute.getNameCount());
  }

  /** The bytes of {@code path}, which may be relative. */
  static byte[] bytes(Path path) {
    String text = path.toString();
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    if (text.chars().allMatch(c -> c < 0x80)) {
      return ascii;
    }
    String encoded = Path.of(NOWHERE).resolve(path).toUri().getRawPath();
    String own = path.isAbsolute() ? encoded : encoded.substring(NOWHERE.length() + 1);
    boolean added = own.endsWith("/") && !text.endsWith("/");
    return decoded(added ? own.substring(0, own.length() - 1) : own);
  }

  private static boolean isAscii(byte[] name) {
    for (byte b : name) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static String encoded(byte[] name) {
    StringBuilder text = new StringBuilder(name.length * 3);
    for (byte b : name) {
      if (b == '/') {
        text.append('/');
      } else {
        text.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
      }
    }
    return text.toString();
  }

  private static byte[] decoded(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean escaped = text.charAt(i) == '%';
      bytes[length++] =
          (byte) (escaped ? Integer.parseInt(text, i + 1, i + 3, 16) : text.charAt(i));
      i += escaped ? 2 : 0;
    }
    return Arrays.copyOf(bytes, length);
  }
}
