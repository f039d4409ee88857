package dev.knight.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a seccomp filter as the kernel does, as far as knight's filters need it. */
final class FilterMachine {
  private final byte[] program;

  FilterMachine(byte[] program) {
    this.program = program.clone();
  }

  /** The filter's answer to a call. */
  int answer(int architecture, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(number).putInt(architecture).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    int accumulator = 0;
    int at = 0;
    while (at < program.length / 8) {
      int offset = 8 * at;
      int operation = code.getShort(offset);
      int operand = code.getInt(offset + 4);
      at++;
      if (operation == 0x06) {
        return operand;
      }
      if (operation == 0x20) {
        accumulator = data.getInt(operand);
      } else {
        boolean is = compare(operation, accumulator, operand);
        at += Byte.toUnsignedInt(code.get(is ? offset + 2 : offset + 3));
      }
    }
    throw new AssertionError("The filter runs out of its end, which the kernel does not load");
  }

  private static boolean compare(int operation, int accumulator, int operand) {
    return switch (operation) {
      case 0x15 -> accumulator == operand;
      case 0x35 -> Integer.compareUnsigned(accumulator, operand) >= 0;
      case 0x45 -> (accumulator & operand) != 0;
      default -> throw new AssertionError("Unknown instruction " + operation);
    };
  }
}
