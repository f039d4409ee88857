package dev.knight.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SeccompFilterTest {
  private static final int ALLOW = SeccompFilter.ALLOW;
  private static final int X86_64 = Machine.X86_64.auditNumber();
  private static final int I386 = 0x40000003;
  private static final int ARM = 0x40000028;

  @ParameterizedTest
  @EnumSource
  void every_call_of_the_table_is_refused(Machine machine) {
    List<String> allowed = new ArrayList<>();

    RefusedCalls.all()
        .forEach(call ->
            call.on(machine)
                .ifPresent(number -> {
                  if (ask(machine, number) != error(SeccompFilter.EPERM)) {
                    allowed.add(call.name());
                  }
                }));

    assertThat(allowed).isEmpty();
    assertThat(RefusedCalls.all()).hasSizeGreaterThan(50);
  }

  /** Read, write, close, mmap, futex, execve, exit, openat, kill, prctl, seccomp, getrandom. */
  @ParameterizedTest
  @CsvSource({
    "X86_64, 0 1 3 9 202 59 60 257 62 157 317 318 110 39 61 435",
    "ARM64, 63 64 57 222 98 221 93 56 129 167 277 278 173 172 260 435",
  })
  void what_every_program_needs_is_allowed(Machine machine, String numbers) {
    List<String> ordinary = List.of(numbers.split(" ")).subList(0, 15);

    assertThat(ordinary)
        .allSatisfy(number -> assertThat(ask(machine, Integer.parseInt(number))).isEqualTo(ALLOW));
  }

  @ParameterizedTest
  @EnumSource
  void what_is_newer_than_the_filter_does_not_exist(Machine machine) {
    assertThat(ask(machine, SeccompFilter.NEWEST_CALL)).isEqualTo(ALLOW);
    assertThat(ask(machine, SeccompFilter.NEWEST_CALL + 1)).isEqualTo(error(SeccompFilter.ENOSYS));
    assertThat(ask(machine, 0x40000000 | 101)).isEqualTo(error(SeccompFilter.ENOSYS));
    assertThat(ask(machine, -1)).isEqualTo(error(SeccompFilter.ENOSYS));
  }

  @ParameterizedTest
  @EnumSource
  void the_other_way_of_calling_the_kernel_kills(Machine machine) {
    FilterMachine filter = new FilterMachine(SeccompFilter.of(machine));
    int other = machine == Machine.X86_64 ? Machine.ARM64.auditNumber() : X86_64;

    assertThat(filter.answer(I386, 1)).isEqualTo(SeccompFilter.KILL);
    assertThat(filter.answer(ARM, 1)).isEqualTo(SeccompFilter.KILL);
    assertThat(filter.answer(other, 1)).isEqualTo(SeccompFilter.KILL);
  }

  @ParameterizedTest
  @CsvSource({
    // a process, a thread as the C library makes it, vfork
    "0x01200011, true",
    "0x003d0f00, true",
    "0x00004111, true",
    // mounts, cgroup, names, IPC, user, processes, network
    "0x00020011, false",
    "0x02000011, false",
    "0x04000011, false",
    "0x08000011, false",
    "0x10000011, false",
    "0x20000011, false",
    "0x40000011, false",
  })
  void a_process_gets_no_namespace(String flags, boolean allowed) {
    int wanted = allowed ? ALLOW : error(SeccompFilter.EPERM);

    assertThat(ask(Machine.X86_64, 56, Long.decode(flags))).isEqualTo(wanted);
    assertThat(ask(Machine.ARM64, 220, Long.decode(flags))).isEqualTo(wanted);
    assertThat(ask(Machine.X86_64, 435, 0)).isEqualTo(error(SeccompFilter.ENOSYS));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0",
    "2, 0, 0",
    "10, 6, 0",
    "16, 0, 0",
    // netlink for audit and for uevents
    "16, 9, 93",
    "16, 15, 93",
    // packet, alg, vsock, xdp, bluetooth
    "17, 0, 97",
    "38, 0, 97",
    "40, 0, 97",
    "44, 0, 97",
    "31, 0, 97",
  })
  void sockets_are_of_ordinary_families(int family, int protocol, int error) {
    int wanted = error == 0 ? ALLOW : error(error);

    assertThat(ask(Machine.X86_64, 41, family, 1, protocol)).isEqualTo(wanted);
    assertThat(ask(Machine.ARM64, 198, family, 1, protocol)).isEqualTo(wanted);
    assertThat(ask(Machine.X86_64, 41, 0x100000000L | family, 1, protocol)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({"0x5401, true", "0x541B, true", "0x5412, false", "0x541C, false"})
  void nobody_types_into_a_terminal(String request, boolean allowed) {
    int wanted = allowed ? ALLOW : error(SeccompFilter.EPERM);

    assertThat(ask(Machine.X86_64, 16, 0, Long.decode(request))).isEqualTo(wanted);
    assertThat(ask(Machine.ARM64, 29, 0, Long.decode(request))).isEqualTo(wanted);
    assertThat(ask(Machine.X86_64, 16, 0, 0x100000000L | Long.decode(request))).isEqualTo(wanted);
  }

  /** Flags and modes: for reading, with a mode that is not looked at; made; made without a name. */
  @ParameterizedTest
  @CsvSource({
    "0, 04755, true",
    "0x40, 0644, true",
    "0x40, 01777, true",
    "0x40, 04755, false",
    "0x41, 02755, false",
    "0x410002, 06755, false",
  })
  void no_file_runs_as_another(String flags, String mode, boolean allowed) {
    long flag = Long.decode(flags);
    long bits = Long.decode(mode);
    int wanted = allowed ? ALLOW : error(SeccompFilter.EPERM);
    int changed = (bits & 06000) == 0 ? ALLOW : error(SeccompFilter.EPERM);

    assertThat(ask(Machine.X86_64, 2, 0, flag, bits)).isEqualTo(wanted);
    assertThat(ask(Machine.X86_64, 257, 0, 0, flag, bits)).isEqualTo(wanted);
    assertThat(ask(Machine.ARM64, 56, 0, 0, flag, bits)).isEqualTo(wanted);
    for (int call : List.of(90, 91, 133, 85)) {
      assertThat(ask(Machine.X86_64, call, 0, bits)).isEqualTo(changed);
    }
    for (int call : List.of(268, 259, 452)) {
      assertThat(ask(Machine.X86_64, call, 0, 0, bits)).isEqualTo(changed);
    }
    assertThat(ask(Machine.ARM64, 52, 0, bits)).isEqualTo(changed);
    for (int call : List.of(53, 33, 452)) {
      assertThat(ask(Machine.ARM64, call, 0, 0, bits)).isEqualTo(changed);
    }
    assertThat(ask(Machine.ARM64, 437, 0)).isEqualTo(error(SeccompFilter.ENOSYS));
  }

  @ParameterizedTest
  @CsvSource({"0, true", "0xffffffff, true", "0x40000, false", "8, false"})
  void a_personality_is_asked_for_and_not_changed(String personality, boolean allowed) {
    int wanted = allowed ? ALLOW : error(SeccompFilter.EPERM);

    assertThat(ask(Machine.X86_64, 135, Long.decode(personality))).isEqualTo(wanted);
    assertThat(ask(Machine.ARM64, 92, Long.decode(personality))).isEqualTo(wanted);
  }

  @Test
  void the_kernel_takes_no_more_than_4096_instructions() {
    assertThat(SeccompFilter.of(Machine.X86_64).length / 8).isBetween(100, 250);
    assertThat(SeccompFilter.of(Machine.ARM64).length / 8).isBetween(100, 250);
  }

  private static int ask(Machine machine, int number, long... arguments) {
    return new FilterMachine(SeccompFilter.of(machine))
        .answer(machine.auditNumber(), number, arguments);
  }

  private static int error(int number) {
    return 0x00050000 | number;
  }
}
