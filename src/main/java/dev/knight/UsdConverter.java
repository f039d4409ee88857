package dev.knight;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads an amount of money: {@code 5 USD}, {@code 0.50 USD}. */
public final class UsdConverter implements Converter<BigDecimal> {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?) ?USD");

  @Override
  public BigDecimal convert(String text) {
    Matcher amount = AMOUNT.matcher(text.strip());
    if (!amount.matches()) {
      throw new IllegalArgumentException("'%s' is not an amount like '5 USD'".formatted(text));
    }
    return new BigDecimal(amount.group(1));
  }
}
