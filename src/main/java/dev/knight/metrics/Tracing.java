package dev.knight.metrics;

import dev.knight.job.AttemptListener;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * The traces of attempts, and where they go.
 *
 * @param listener makes them
 * @param end sends what has not been sent yet, as far as it is taken soon, and no more after it
 */
@RegisterForReflection(classNames = Tracing.SENDER)
public record Tracing(AttemptListener listener, Runnable end) implements AutoCloseable {
  /** There are none, and nothing of the library is loaded. */
  public static final Tracing NONE = new Tracing(AttemptListener.NONE, () -> {});

  /** Who takes them late, or never, keeps no service from its end for longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final AttributeKey<String> NAME = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");

  /** The library looks for it by its name. */
  static final String SENDER =
      "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider";

  /**
   * They go to {@code collector}, some at a time.
   *
   * @param collector where OTLP is taken by HTTP, without the path of the traces
   * @param version of knight
   */
  public static Tracing to(URI collector, String version, InstantSource clock) {
    return to(collector, version, clock, PATIENCE);
  }

  /** The same, with {@code patience} at the end. */
  static Tracing to(URI collector, String version, InstantSource clock, Duration patience) {
    SpanExporter sending = OtlpHttpSpanExporter.builder().setEndpoint(traces(collector)).build();
    SdkTracerProvider spans =
        SdkTracerProvider.builder()
            .addResource(Resource.create(Attributes.of(NAME, "knight", VERSION, version)))
            .addSpanProcessor(BatchSpanProcessor.builder(sending).build())
            .build();
    return new Tracing(new Traces(spans.get("dev.knight"), clock), () -> end(spans, patience));
  }

  /** Aside: who closes the library waits for its client, and that for what is still under way. */
  private static void end(SdkTracerProvider spans, Duration patience) {
    try {
      Thread.ofVirtual().name("last-traces").start(spans::close).join(patience);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String traces(URI collector) {
    String base = collector.toString();
    return base + (base.endsWith("/") ? "" : "/") + "v1/traces";
  }

  @Override
  public void close() {
    end.run();
  }
}
