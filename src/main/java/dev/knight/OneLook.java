package dev.knight;

import dev.knight.home.KnightHome;
import dev.knight.store.Restoration;
import dev.knight.store.StoreGlance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;

/** A look into the store of a home that nobody holds: this process holds it for that long. */
record OneLook(KnightHome home, Path store, String command, InstantSource clock)
    implements GlanceApi.Store {
  @Override
  public <T> T look(Function<StoreGlance, T> look) {
    HomeLock lock =
        HomeLock.tryRead(home, command, clock.instant()).orElseThrow(GlanceApi.TakenException::new);
    try (lock) {
      new Restoration(home, store).prepare();
      try (StoreGlance glance = StoreGlance.open(store)) {
        return look.apply(glance);
      }
    } catch (IOException unreleased) {
      throw new UncheckedIOException(unreleased);
    }
  }
}
