package dev.knight;

import dev.knight.job.Secret;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Puts a configured text under guard; no text is no secret. */
public final class SecretConverter implements Converter<Secret> {
  /** Nothing but blanks is no secret. */
  @Override
  public @Nullable Secret convert(String text) {
    return text.isBlank() ? null : new Secret(text.strip());
  }
}
