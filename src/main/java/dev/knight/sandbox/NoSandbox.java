package dev.knight.sandbox;

import java.util.List;

/** Confines nothing: the program has all the rights of the service's account. */
public final class NoSandbox implements Sandbox {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public boolean isNone() {
    return true;
  }

  @Override
  public List<String> command(Cell cell) {
    return cell.program();
  }
}
