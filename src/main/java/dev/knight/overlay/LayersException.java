package dev.knight.overlay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** This machine does not show a directory that lies in layers. */
public final class LayersException extends IOException {
  private static final long serialVersionUID = 1L;

  LayersException(String message) {
    super(message);
  }

  LayersException(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
