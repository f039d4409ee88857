package dev.knight;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Reads an amount of money: {@code 5 USD}, {@code 0.50 USD}; no text is no amount. */
public final class UsdConverter implements Converter<BigDecimal> {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?) ?USD");

  @Override
  public @Nullable BigDecimal convert(String text) {
    if (text.isBlank()) {
      return null;
    }
    Matcher amount = AMOUNT.matcher(text.strip());
    if (!amount.matches()) {
      throw new IllegalArgumentException("'%s' is not an amount like '5 USD'".formatted(text));
    }
    return new BigDecimal(amount.group(1));
  }
}
