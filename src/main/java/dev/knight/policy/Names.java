package dev.knight.policy;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Paths as the most lenient of all file systems reads them. */
final class Names {
  /** What shows nothing: macOS passes over it in a name. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\x{FE00}-\\x{FE0F}\\x{34F}]");

  private static final Pattern END = Pattern.compile("(?<=.)[. ]+$");

  /** No Windows keeps these in a name; the last one stands for what is no UTF-8. */
  private static final Pattern ODD =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}\\\\:*?\"<>|\\x{FFFD}]");

  private static final Pattern ODD_ENDS = Pattern.compile("(^|/) |[. ](/|$)");
  private static final Pattern SHORT = Pattern.compile("(^|/)[^/]{1,6}~[0-9]([./]|$)");
  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "conin$", "conout$");
  private static final Pattern PORT = Pattern.compile("(com|lpt)[0-9\u00b9\u00b2\u00b3]");

  private Names() {}

  /**
   * {@code path} in lower case and composed, without what is invisible, and each of its parts
   * without what Windows leaves out at its end.
   */
  static String folded(String path) {
    String plain =
        INVISIBLE.matcher(Normalizer.normalize(path, Normalizer.Form.NFKC)).replaceAll("");
    return Arrays.stream(plain.toLowerCase(Locale.ROOT).split("[/\\\\]"))
        .map(Names::part)
        .collect(Collectors.joining("/"));
  }

  private static String part(String name) {
    int stream = name.indexOf(':');
    return END.matcher(stream < 0 ? name : name.substring(0, stream)).replaceAll("");
  }

  /** Whether some system does not read {@code path} as it stands, or cannot keep it. */
  static boolean isOdd(String path) {
    return ODD.matcher(path).find()
        || ODD_ENDS.matcher(path).find()
        || SHORT.matcher(path).find()
        || Arrays.stream(path.toLowerCase(Locale.ROOT).split("/")).anyMatch(Names::isDevice);
  }

  private static boolean isDevice(String name) {
    String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    return DEVICES.contains(stem) || PORT.matcher(stem).matches();
  }
}
