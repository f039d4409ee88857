package dev.knight;

import dev.knight.home.KnightHome;
import dev.knight.store.StoreUrl;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the framework must know before it starts: knight's settings in its words. */
@RegisterForReflection(classNames = BootSettings.PROCESS_NAMES)
record BootSettings(Map<String, String> properties) {
  private static final String CONSOLE = "quarkus.log.console.";
  private static final String FILE = "quarkus.log.file.";

  /** What of a JSON line is the same in all, or tells only of the library. */
  private static final String NOT_SAID = "sequence,loggerClassName,ndc,processName,threadId";

  /** The usual way to tell processes apart opens a port on loopback, to which nobody listens. */
  static final String PROCESS_NAMES = "com.arjuna.ats.internal.arjuna.utils.UuidProcessId";

  /**
   * For {@code serve} and {@code run}: a port, a log, and all of it on the console only to serve.
   */
  static BootSettings service(
      KnightHome home, Optional<Path> file, KnightConfig config, boolean isServing) {
    Map<String, String> properties = common(home, file, config);
    properties.put("quarkus.http.host-enabled", "true");
    properties.put("quarkus.http.host", config.http().host());
    properties.put("quarkus.http.port", Integer.toString(config.http().port()));
    properties.put(CONSOLE + "level", isServing ? level(config) : "WARN");
    properties.put("quarkus.log.category.\"dev.knight\".level", level(config));
    properties.put(FILE + "enabled", "true");
    properties.put(FILE + "path", home.log().resolve("knight.log").toString());
    properties.put(FILE + "format", "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5p [%c{2.}] %s%e%n");
    properties.put(FILE + "filter", LogFilter.NAME);
    boolean isJson =
        switch (config.log().format()) {
          case TEXT -> false;
          case JSON -> true;
        };
    for (String handler : List.of(CONSOLE, FILE)) {
      properties.put(handler + "json.enabled", Boolean.toString(isJson));
      properties.put(handler + "json.excluded-keys", NOT_SAID);
      properties.put(handler + "json.exception-output-type", "formatted");
    }
    properties.put(LogFilter.JSON, Boolean.toString(isJson));
    properties.put(FILE + "rotation.max-file-size", "10M");
    properties.put(FILE + "rotation.max-backup-index", "5");
    // Who starts again and again would otherwise lose the log of why.
    properties.put(FILE + "rotation.rotate-on-boot", "false");
    return new BootSettings(properties);
  }

  /** For one question to the store: no port, no log. */
  static BootSettings direct(KnightHome home, Optional<Path> file, KnightConfig config) {
    Map<String, String> properties = common(home, file, config);
    properties.put("quarkus.http.host-enabled", "false");
    properties.put(CONSOLE + "level", "ERROR");
    properties.put(CONSOLE + "json.enabled", "false");
    return new BootSettings(properties);
  }

  /** Makes them known. Only a process that has not started the framework yet may do so. */
  void apply() {
    properties.forEach(System::setProperty);
  }

  private static String level(KnightConfig config) {
    return config.log().level().name();
  }

  private static Map<String, String> common(
      KnightHome home, Optional<Path> file, KnightConfig config) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(HomeConfigSources.HOME, home.root().toString());
    file.ifPresent(it -> properties.put(HomeConfigSources.FILE, it.toAbsolutePath().toString()));
    properties.put(StoreUrl.PROPERTY, StoreUrl.of(home.root(), config.store().url()));
    properties.put("quarkus.vertx.cache-directory", FrameworkCache.of(home).toString());
    properties.put("CoreEnvironmentBean.processImplementationClassName", PROCESS_NAMES);
    properties.put(CONSOLE + "stderr", "true");
    properties.put(CONSOLE + "format", "%d{HH:mm:ss} %-5p %s%e%n");
    properties.put(CONSOLE + "filter", LogFilter.NAME);
    return properties;
  }
}
