package dev.knight.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Takes so many bytes of text and not one more. */
final class BoundedText extends OutputStream {
  private final int most;
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

  BoundedText(int most) {
    this.most = most;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int room = Math.min(length, most - taken.size());
    taken.write(bytes, offset, room);
    if (room < length) {
      throw new Full();
    }
  }

  /** All of it. */
  String whole() {
    return taken.toString(StandardCharsets.UTF_8);
  }

  /** What was taken, up to its last whole line, and a line that says that there is more. */
  String cut() {
    String text = whole();
    String lines = text.substring(0, text.lastIndexOf('\n') + 1);
    return lines + "… cut after %d bytes\n".formatted(most);
  }

  /** There is no room left. */
  static final class Full extends IOException {}
}
