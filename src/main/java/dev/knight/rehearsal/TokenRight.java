package dev.knight.rehearsal;

/** How much of its account's permissions a token carries. */
public enum TokenRight {
  /** Reading only: each write is refused, by the REST interface and by git alike. */
  READ,
  /** All that the account may do. */
  WRITE
}
