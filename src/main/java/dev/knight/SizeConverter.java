package dev.knight;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads an amount of disk in powers of 1000: {@code 500MB}, {@code 20GB}, {@code 1TB}. */
public final class SizeConverter implements Converter<Long> {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6}) ?(MB|GB|TB)");
  private static final Map<String, Long> BYTES =
      Map.of("MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.strip());
    Long unit = size.matches() ? BYTES.get(size.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("'%s' is not a size like '20GB'".formatted(text));
    }
    return Long.parseLong(size.group(1)) * unit;
  }
}
