package dev.knight.policy;

import java.util.Optional;

/** Finds what must not be published. */
@FunctionalInterface
public interface SecretSearch {
  /** What the first secret in {@code bytes} is, with its article, as {@code a GitHub token}. */
  Optional<String> first(byte[] bytes);
}
