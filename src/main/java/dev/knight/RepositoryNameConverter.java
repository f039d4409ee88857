package dev.knight;

import dev.knight.job.RepositoryName;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads {@code owner/name}. */
public final class RepositoryNameConverter implements Converter<RepositoryName> {
  @Override
  public RepositoryName convert(String text) {
    return RepositoryName.parse(text.strip());
  }
}
