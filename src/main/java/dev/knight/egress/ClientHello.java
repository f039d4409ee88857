package dev.knight.egress;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The first words of TLS, in which a client names the host that it wants in the clear. What is not
 * wholly well-formed is taken for no TLS at all, since a server could read it otherwise.
 */
final class ClientHello {
  /** Several times what clients say, post-quantum keys included. */
  static final int LONGEST = 32 * 1024;

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int MAJOR = 3;
  private static final int RECORD_HEAD = 5;
  private static final int LONGEST_RECORD = 16 * 1024;
  private static final int MESSAGE_HEAD = 4;

  private static final int RANDOM = 32;
  private static final int LONGEST_SESSION = 32;
  private static final int SERVER_NAME = 0;
  private static final int HOST_NAME = 0;
  private static final int ENCRYPTED_HELLO = 0xfe0d;
  private static final int ENCRYPTED_NAME = 0xffce;

  private ClientHello() {}

  /** What it says. */
  sealed interface Word {}

  /** It wants {@code host}, in lower case. */
  record Names(String host) implements Word {}

  /** It names nobody, or hides whom. */
  record Hides() implements Word {}

  /** It is no TLS. */
  record NoTls() implements Word {}

  /**
   * Waits for it. Nothing is taken away from {@code from}, which needs room for {@link #LONGEST}.
   *
   * @throws EOFException when the client ends before it has said anything
   */
  static Word read(Received from) throws IOException {
    Optional<byte[]> message = message(from);
    return message.isEmpty() ? new NoTls() : word(new Fields(message.get()));
  }

  /** The message without its head, put together from as many records as it takes. */
  private static Optional<byte[]> message(Received from) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int at = 0;
    int wanted = MESSAGE_HEAD;
    while (message.size() < wanted) {
      int length = recordLength(from, at);
      if (length == 0 || !from.has(at + RECORD_HEAD + length)) {
        return Optional.empty();
      }
      for (int i = 0; i < length; i++) {
        message.write(from.at(at + RECORD_HEAD + i));
      }
      at += RECORD_HEAD + length;
      if (message.size() >= MESSAGE_HEAD) {
        wanted = MESSAGE_HEAD + bodyLength(message.toByteArray());
      }
    }
    byte[] whole = message.toByteArray();
    // Nothing may follow before the server has answered.
    boolean isHello = whole[0] == CLIENT_HELLO && whole.length == wanted;
    return isHello
        ? Optional.of(Arrays.copyOfRange(whole, MESSAGE_HEAD, whole.length))
        : Optional.empty();
  }

  /** The length of the record at {@code at}; 0 if there is none that could belong to a hello. */
  private static int recordLength(Received from, int at) throws IOException {
    if (!from.has(1)) {
      throw new EOFException("The client said nothing");
    }
    if (from.at(0) != HANDSHAKE || !from.has(at + RECORD_HEAD)) {
      return 0;
    }
    int length = (from.at(at + 3) << 8) | from.at(at + 4);
    boolean fits = from.at(at) == HANDSHAKE && from.at(at + 1) == MAJOR && length <= LONGEST_RECORD;
    return fits ? length : 0;
  }

  private static int bodyLength(byte[] message) {
    return ((message[1] & 0xff) << 16) | ((message[2] & 0xff) << 8) | (message[3] & 0xff);
  }

  private static Word word(Fields hello) {
    try {
      hello.skip(2 + RANDOM);
      if (hello.vector(1).length() > LONGEST_SESSION
          || hello.vector(2).isEmpty()
          || hello.vector(1).isEmpty()) {
        return new NoTls();
      }
      if (hello.isEmpty()) {
        return new Hides();
      }
      Fields extensions = hello.vector(2);
      return hello.isEmpty() ? extensions(extensions) : new NoTls();
    } catch (Fields.TooShortException _) {
      return new NoTls();
    }
  }

  private static Word extensions(Fields extensions) throws Fields.TooShortException {
    Set<Integer> types = new HashSet<>();
    Word word = new Hides();
    while (!extensions.isEmpty()) {
      int type = extensions.number(2);
      Fields content = extensions.vector(2);
      if (!types.add(type)) {
        return new NoTls();
      }
      if (type == SERVER_NAME) {
        word = serverName(content);
      }
    }
    // A name may stand inside of what is encrypted, and the server takes that one.
    boolean hidden = types.contains(ENCRYPTED_HELLO) || types.contains(ENCRYPTED_NAME);
    return hidden && word instanceof Names ? new Hides() : word;
  }

  private static Word serverName(Fields content) throws Fields.TooShortException {
    Fields names = content.vector(2);
    int type = names.number(1);
    Fields name = names.vector(2);
    if (type != HOST_NAME || !names.isEmpty() || !content.isEmpty()) {
      return new NoTls();
    }
    return new Names(name.text().toLowerCase(Locale.ROOT));
  }

  /** Numbers and vectors, one after the other. */
  static final class Fields {
    private final byte[] bytes;
    private int at;
    private final int end;

    Fields(byte[] bytes) {
      this(bytes, 0, bytes.length);
    }

    private Fields(byte[] bytes, int at, int end) {
      this.bytes = bytes;
      this.at = at;
      this.end = end;
    }

    /** There is less than a length says. */
    static final class TooShortException extends Exception {
      private static final long serialVersionUID = 1;
    }

    boolean isEmpty() {
      return at == end;
    }

    int length() {
      return end - at;
    }

    void skip(int count) throws TooShortException {
      if (count > length()) {
        throw new TooShortException();
      }
      at += count;
    }

    /** A number of {@code size} bytes. */
    int number(int size) throws TooShortException {
      skip(size);
      int number = 0;
      for (int i = at - size; i < at; i++) {
        number = (number << 8) | (bytes[i] & 0xff);
      }
      return number;
    }

    /** What a length of {@code size} bytes stands before. */
    Fields vector(int size) throws TooShortException {
      int length = number(size);
      skip(length);
      return new Fields(bytes, at - length, at);
    }

    /** All that is left, as text; a byte that is no ASCII matches no name. */
    String text() {
      return new String(bytes, at, length(), StandardCharsets.ISO_8859_1);
    }
  }
}
