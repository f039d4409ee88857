package dev.knight.dashboard;

import io.quarkus.qute.runtime.EngineProducer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import jakarta.enterprise.inject.build.compatible.spi.MethodConfig;

/**
 * Has the templates parsed when somebody first asks for a page. The framework would parse all of
 * them at each start; it obeys this when knight is built, which is where they are checked.
 */
public final class LazyTemplates implements BuildCompatibleExtension {
  /** Takes from the engine that it is made at the start. */
  @Enhancement(types = EngineProducer.class)
  public void whenAsked(ClassConfig engine) {
    engine.removeAnnotation(it -> it.name().equals(Startup.class.getName()));
  }

  /** And that it is made at the end, where nobody asked, to forget what it never read. */
  @Enhancement(types = EngineProducer.class)
  public void notAtTheEnd(MethodConfig method) {
    method
        .parameters()
        .forEach(parameter ->
            parameter.removeAnnotation(it -> it.name().equals(Observes.class.getName())));
  }
}
