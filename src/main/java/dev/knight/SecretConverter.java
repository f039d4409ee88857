package dev.knight;

import dev.knight.job.Secret;
import org.eclipse.microprofile.config.spi.Converter;

/** Puts a configured text under guard. */
public final class SecretConverter implements Converter<Secret> {
  @Override
  public Secret convert(String text) {
    return new Secret(text.strip());
  }
}
