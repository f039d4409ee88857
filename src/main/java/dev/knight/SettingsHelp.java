package dev.knight;

import dev.knight.cli.SettingHelp;
import java.util.List;
import java.util.Map;

/** What is told of the settings, by {@code knight help configuration} and in the documentation. */
final class SettingsHelp {
  private SettingsHelp() {}

  /** Every key, in the order of the documentation. */
  static List<SettingHelp> all() {
    Map<String, String> defaults = Settings.defaults();
    return ConfigKey.ALL.stream()
        .map(key ->
            new SettingHelp(
                key.name(),
                key.variable(),
                standard(key, defaults.getOrDefault(key.name(), "")),
                key.meaning(),
                key.expectation().words()))
        .toList();
  }

  private static String standard(ConfigKey key, String value) {
    return value.isEmpty() ? key.unset() : "`" + value.replace(",", "`, `") + "`";
  }
}
