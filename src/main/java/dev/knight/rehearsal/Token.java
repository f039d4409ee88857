package dev.knight.rehearsal;

/** An access token: whose it is and what it carries. */
record Token(String value, Account account, TokenRight right) {
  @Override
  public String toString() {
    return "token of " + account.login();
  }
}
