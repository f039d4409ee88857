package dev.knight.pi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.knight.fake.Mangler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What a real pi said, made worse by chance: it is read as records or as garbled ones, and the same
 * however it comes in. {@code -Dfuzz.seed=N} plays one, {@code -Dfuzz.tries=N} as many.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordFuzzTest {
  private static final int LIMIT = 100_000;
  private static final long FIRST = Long.getLong("fuzz.seed", 0);
  private static final long TRIES =
      System.getProperty("fuzz.seed") == null ? Long.getLong("fuzz.tries", 5_000) : 1;

  private final PiCodec codec = new PiCodec();

  @Test
  void whatever_comes_is_read_or_is_garbled() throws Exception {
    List<byte[]> lines = lines();
    int garbled = 0;
    for (long seed = FIRST; seed < FIRST + TRIES; seed++) {
      byte[] line = new Mangler(seed).bytes(lines.get((int) (seed % lines.size())));

      PiRecord record = codec.decode(line);

      garbled += record instanceof PiEvent.Garbled ? 1 : 0;
    }
    // Both happen, or the test tries nothing.
    assertThat(garbled).isStrictlyBetween((int) (TRIES / 10), (int) TRIES);
  }

  @Test
  void records_are_the_same_in_whatever_pieces_they_come() throws Exception {
    List<byte[]> lines = lines();
    for (long seed = FIRST; seed < FIRST + TRIES / 10; seed++) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int i = 0; i < 5; i++) {
        stream.writeBytes(lines.get((int) ((seed + i) % lines.size())));
        stream.write('\n');
      }
      byte[] worse = new Mangler(seed).bytes(stream.toByteArray());

      List<byte[]> whole = records(new ByteArrayInputStream(worse));
      List<byte[]> pieces = records(new Dripping(worse, new SplittableRandom(seed)));

      assertThat(pieces.toArray(byte[][]::new))
          .as("-Dfuzz.seed=%d", seed)
          .isDeepEqualTo(whole.toArray(byte[][]::new));
      assertThat(whole).allMatch(record -> record.length <= LIMIT);
    }
  }

  private static List<byte[]> records(InputStream in) throws IOException {
    RecordReader reader = new RecordReader(in, LIMIT);
    List<byte[]> records = new ArrayList<>();
    try {
      for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
        records.add(next.get());
      }
    } catch (RecordTooLongException end) {
      records.add(new byte[0]);
    }
    return records;
  }

  private static List<byte[]> lines() throws IOException {
    return Transcript.all()
        .flatMap(transcript -> transcript.lines().stream())
        .filter(Transcript.Line::fromPi)
        .map(Transcript.Line::bytes)
        .filter(line -> line.length < LIMIT / 10)
        .toList();
  }

  /** Gives a few bytes at a time. */
  private static final class Dripping extends ByteArrayInputStream {
    private final SplittableRandom chance;

    Dripping(byte[] bytes, SplittableRandom chance) {
      super(bytes);
      this.chance = chance;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) {
      return super.read(into, from, Math.min(length, chance.nextInt(1, 400)));
    }
  }
}
