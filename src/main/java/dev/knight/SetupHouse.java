package dev.knight;

import dev.knight.home.KnightHome;
import dev.knight.job.Secret;
import dev.knight.sandbox.Bubblewrap;
import dev.knight.setup.House;
import dev.knight.systemd.KnightUnit;
import dev.knight.systemd.Manager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rest of the program, as {@code knight init} needs it. */
final class SetupHouse implements House {
  private final Outside serving;
  private final KnightHome home;
  private final Path file;
  private final Map<String, String> environment;

  /**
   * Nothing is read yet.
   *
   * @param serving the program as {@code knight serve} is
   */
  SetupHouse(Outside serving, KnightHome home, Path file, Map<String, String> environment) {
    this.serving = serving;
    this.home = home;
    this.file = file;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Map<String, String> read(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    ConfigFile.parse(file, text).forEach((key, setting) -> values.put(key, setting.value()));
    return values;
  }

  @Override
  public Secret secret(String flag, Path secretFile) {
    return SecretFile.read(flag, secretFile);
  }

  @Override
  public Bubblewrap jail() {
    return Preflight.jail(home, List.of(), environment);
  }

  @Override
  public boolean isServing() {
    return HomeLock.isHeld(home);
  }

  @Override
  public KnightUnit unit() {
    return serving.unit(Manager.USER);
  }

  @Override
  public int serve(String welcome) {
    System.setProperty(Inside.WELCOME, welcome);
    boolean isOwn = file.equals(home.configuration());
    return serving.serve(isOwn ? Optional.empty() : Optional.of(file), false);
  }
}
