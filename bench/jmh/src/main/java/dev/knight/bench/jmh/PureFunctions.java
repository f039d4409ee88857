package dev.knight.bench.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.knight.hygiene.Sanitized;
import dev.knight.hygiene.Sanitizer;
import dev.knight.pi.PiCodec;
import dev.knight.pi.RecordReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What is done with every record of pi's and every text of a person's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PureFunctions {
  private static final String PARAGRAPH =
      """
      ## It says `helo`

      When I run **greet** it says `helo` <!-- not shown --> and not `hello`, see [the log](https://example.org/log).

      ```
      $ greet
      helo
      ```

      """;

  private final PiCodec codec = new PiCodec();
  private final Sanitizer sanitizer = new Sanitizer();
  private final String issue = PARAGRAPH.repeat(20);
  private byte[] transcript = {};

  /** All that pi said in a captured conversation, as it stood on its output. */
  @Setup
  public void read() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    JsonMapper mapper = new JsonMapper();
    for (String line : Files.readAllLines(Path.of(System.getProperty("bench.transcript")))) {
      JsonNode heard = mapper.readTree(line);
      if (heard.path("dir").asText().equals("<")) {
        said.writeBytes((heard.path("rec") + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    transcript = said.toByteArray();
  }

  /** One conversation is parted into records. */
  @Benchmark
  public void records(Blackhole hole) throws IOException {
    RecordReader records = new RecordReader(new ByteArrayInputStream(transcript));
    for (Optional<byte[]> it = records.next(); it.isPresent(); it = records.next()) {
      hole.consume(it.get());
    }
  }

  /** The same, and each record is understood. */
  @Benchmark
  public void decodedRecords(Blackhole hole) throws IOException {
    RecordReader records = new RecordReader(new ByteArrayInputStream(transcript));
    for (Optional<byte[]> it = records.next(); it.isPresent(); it = records.next()) {
      hole.consume(codec.decode(it.get()));
    }
  }

  /** A long issue is cleaned. */
  @Benchmark
  public Sanitized issue() {
    return sanitizer.markdown(issue);
  }
}
