package dev.knight.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The filter that the kernel asks at every call of a confined process: a program of classic BPF, as
 * {@code bwrap --seccomp} reads it.
 *
 * <p>It reads the number of the call and the lower halves of its arguments, which is all that the
 * kernel itself reads of the ones that are looked at. What is behind a pointer it cannot see.
 */
final class SeccompFilter {
  /** Later calls are not known here, so they do not exist: programs then use the older way. */
  static final int NEWEST_CALL = 469;

  static final int ALLOW = 0x7fff0000;
  static final int KILL = 0x80000000;
  private static final int ERROR = 0x00050000;

  static final int EPERM = 1;
  static final int ENOSYS = 38;
  static final int EPROTONOSUPPORT = 93;
  static final int EAFNOSUPPORT = 97;

  private static final int LOAD = 0x20;
  private static final int IS = 0x15;
  private static final int IS_AT_LEAST = 0x35;
  private static final int HAS_ANY_OF = 0x45;
  private static final int ANSWER = 0x06;

  /** Where {@code struct seccomp_data} has them. */
  private static final int NUMBER = 0;

  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;

  /** A new namespace of mounts, cgroups, names, IPC, users, processes or networks. */
  private static final int NEW_NAMESPACE =
      0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

  /** A file that runs as its owner, who is the service's user outside, perhaps root. */
  private static final int SETUID_OR_SETGID = 06000;

  /** {@code O_CREAT} or {@code O_TMPFILE}: without them the mode is whatever lay around. */
  private static final int MAKES_A_FILE = 0x40 | 0x400000;

  private static final int CLONE3 = 435;
  private static final int OPENAT2 = 437;
  private static final int UNIX = 1;
  private static final int INET = 2;
  private static final int INET6 = 10;
  private static final int NETLINK = 16;
  private static final int ROUTES = 0;

  /** They type into a terminal, as if its person did. */
  private static final int TIOCSTI = 0x5412;

  private static final int TIOCLINUX = 0x541C;

  private final List<Instruction> program = new ArrayList<>();

  private SeccompFilter() {}

  private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

  /** The filter for {@code machine}, in its bytes. */
  static byte[] of(Machine machine) {
    SeccompFilter filter = new SeccompFilter();
    filter.refuseOtherMachines(machine);
    // x32 has its numbers far above, so this refuses it too
    filter.refuseAbove(NEWEST_CALL);
    RefusedCalls.all().stream()
        .flatMapToInt(call -> call.on(machine).stream())
        .sorted()
        .forEach(number -> filter.refuse(number, EPERM));
    // their flags are behind a pointer; programs then use clone and openat
    filter.refuse(CLONE3, ENOSYS);
    filter.refuse(OPENAT2, ENOSYS);
    Numbers numbers = Numbers.of(machine);
    filter.boundClone(numbers.fork());
    filter.boundSockets(numbers.socket());
    filter.refuseArgument(numbers.ioctl(), 1, TIOCSTI, TIOCLINUX);
    filter.boundPersonality(numbers.personality());
    filter.boundModes(machine);
    filter.add(ANSWER, ALLOW);
    return filter.bytes();
  }

  private record Numbers(int fork, int socket, int ioctl, int personality) {
    static Numbers of(Machine machine) {
      return switch (machine) {
        case X86_64 -> new Numbers(56, 41, 16, 135);
        case ARM64 -> new Numbers(220, 198, 29, 92);
      };
    }
  }

  private void refuseOtherMachines(Machine machine) {
    add(LOAD, ARCHITECTURE);
    add(IS, 1, 0, machine.auditNumber());
    add(ANSWER, KILL);
    add(LOAD, NUMBER);
  }

  private void refuseAbove(int newest) {
    add(IS_AT_LEAST, 0, 1, newest + 1);
    add(ANSWER, ERROR | ENOSYS);
  }

  private void refuse(int call, int error) {
    add(IS, 0, 1, call);
    add(ANSWER, ERROR | error);
  }

  private void boundClone(int call) {
    add(IS, 0, 4, call);
    add(LOAD, argument(0));
    add(HAS_ANY_OF, 0, 1, NEW_NAMESPACE);
    add(ANSWER, ERROR | EPERM);
    add(LOAD, NUMBER);
  }

  /** The families that an ordinary program uses; of netlink the one that lists the addresses. */
  private void boundSockets(int call) {
    add(IS, 0, 10, call);
    add(LOAD, argument(0));
    add(IS, 7, 0, UNIX);
    add(IS, 6, 0, INET);
    add(IS, 5, 0, INET6);
    add(IS, 1, 0, NETLINK);
    add(ANSWER, ERROR | EAFNOSUPPORT);
    add(LOAD, argument(2));
    add(IS, 1, 0, ROUTES);
    add(ANSWER, ERROR | EPROTONOSUPPORT);
    add(LOAD, NUMBER);
  }

  private void refuseArgument(int call, int position, int one, int other) {
    add(IS, 0, 5, call);
    add(LOAD, argument(position));
    add(IS, 1, 0, one);
    add(IS, 0, 1, other);
    add(ANSWER, ERROR | EPERM);
    add(LOAD, NUMBER);
  }

  /** It may be asked for, and be set to what it is. */
  private void boundPersonality(int call) {
    add(IS, 0, 5, call);
    add(LOAD, argument(0));
    add(IS, 2, 0, 0);
    add(IS, 1, 0, 0xffffffff);
    add(ANSWER, ERROR | EPERM);
    add(LOAD, NUMBER);
  }

  /** No program is left behind that runs as another: what a jail writes outlives it. */
  private void boundModes(Machine machine) {
    switch (machine) {
      case X86_64 -> {
        boundMode(90, 1); // chmod
        boundMode(91, 1); // fchmod
        boundMode(268, 2); // fchmodat
        boundMode(133, 1); // mknod
        boundMode(259, 2); // mknodat
        boundMode(85, 1); // creat
        boundOpen(2, 1); // open
        boundOpen(257, 2); // openat
      }
      case ARM64 -> {
        boundMode(52, 1); // fchmod
        boundMode(53, 2); // fchmodat
        boundMode(33, 2); // mknodat
        boundOpen(56, 2); // openat
      }
    }
    boundMode(452, 2); // fchmodat2
  }

  private void boundMode(int call, int position) {
    add(IS, 0, 4, call);
    add(LOAD, argument(position));
    add(HAS_ANY_OF, 0, 1, SETUID_OR_SETGID);
    add(ANSWER, ERROR | EPERM);
    add(LOAD, NUMBER);
  }

  /** The mode follows the flags. */
  private void boundOpen(int call, int flags) {
    add(IS, 0, 6, call);
    add(LOAD, argument(flags));
    add(HAS_ANY_OF, 0, 3, MAKES_A_FILE);
    add(LOAD, argument(flags + 1));
    add(HAS_ANY_OF, 0, 1, SETUID_OR_SETGID);
    add(ANSWER, ERROR | EPERM);
    add(LOAD, NUMBER);
  }

  private static int argument(int position) {
    return FIRST_ARGUMENT + 8 * position;
  }

  private void add(int code, int operand) {
    add(code, 0, 0, operand);
  }

  private void add(int code, int ifTrue, int ifFalse, int operand) {
    program.add(new Instruction(code, ifTrue, ifFalse, operand));
  }

  private byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(8 * program.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction instruction : program) {
      bytes
          .putShort((short) instruction.code())
          .put((byte) instruction.ifTrue())
          .put((byte) instruction.ifFalse())
          .putInt(instruction.operand());
    }
    return bytes.array();
  }
}
