package dev.knight.sandbox;

import java.util.List;
import java.util.OptionalInt;

/** The calls of the kernel that nothing inside may make, with their numbers. */
final class RefusedCalls {
  /**
   * The numbers on x86-64 and on arm64. In this order: looking into other processes, mounts and
   * namespaces, the kernel itself, keys, wide doors with a history, the clock and the names.
   */
  private static final String TABLE =
      """
      ptrace             101 117
      process_vm_readv   310 270
      process_vm_writev  311 271
      process_madvise    440 440
      kcmp               312 272
      pidfd_getfd        438 438
      perf_event_open    298 241

      mount              165  40
      umount2            166  39
      pivot_root         155  41
      chroot             161  51
      unshare            272  97
      setns              308 268
      open_tree          428 428
      move_mount         429 429
      fsopen             430 430
      fsconfig           431 431
      fsmount            432 432
      fspick             433 433
      mount_setattr      442 442
      open_tree_attr     467 467
      open_by_handle_at  304 265
      fanotify_init      300 262
      quotactl           179  60
      quotactl_fd        443 443

      syslog             103 116
      acct               163  89
      swapon             167 224
      swapoff            168 225
      reboot             169 142
      create_module      174   -
      init_module        175 105
      delete_module      176 106
      get_kernel_syms    177   -
      query_module       178   -
      finit_module       313 273
      kexec_load         246 104
      kexec_file_load    320 294
      bpf                321 280
      iopl               172   -
      ioperm             173   -
      modify_ldt         154   -
      uselib             134   -
      _sysctl            156   -
      sysfs              139   -
      nfsservctl         180  42
      lookup_dcookie     212  18
      vhangup            153  58

      add_key            248 217
      request_key        249 218
      keyctl             250 219

      userfaultfd        323 282
      io_uring_setup     425 425
      io_uring_enter     426 426
      io_uring_register  427 427
      migrate_pages      256 238
      move_pages         279 239

      settimeofday       164 170
      clock_settime      227 112
      clock_adjtime      305 266
      adjtimex           159 171
      sethostname        170 161
      setdomainname      171 162
      """;

  private RefusedCalls() {}

  /** One of them, with its number on each machine that has it. */
  record Call(String name, OptionalInt x86, OptionalInt arm64) {
    /** Its number on {@code machine}. */
    OptionalInt on(Machine machine) {
      return switch (machine) {
        case X86_64 -> x86;
        case ARM64 -> arm64;
      };
    }
  }

  /** All of them. */
  static List<Call> all() {
    return TABLE.lines().filter(row -> !row.isBlank()).map(RefusedCalls::call).toList();
  }

  private static Call call(String row) {
    String[] words = row.strip().split(" +", 3);
    return new Call(words[0], number(words[1]), number(words[2]));
  }

  private static OptionalInt number(String word) {
    return word.equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(word));
  }
}
