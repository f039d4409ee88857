package dev.knight.cli;

/** The screen that a person looks at. */
public interface Screen {
  /** Its columns now; it may be made wider or narrower at any time. */
  int columns();

  /** Its rows now. */
  int rows();

  /** Whether the cursor can be moved on it, and it is more than a roll of paper. */
  boolean canMove();

  /** The same as it is now; it keeps its size. */
  Screen still();

  /** One that never changes. */
  static Screen of(int columns, int rows) {
    return new Screen() {
      @Override
      public int columns() {
        return columns;
      }

      @Override
      public int rows() {
        return rows;
      }

      @Override
      public boolean canMove() {
        return true;
      }

      @Override
      public Screen still() {
        return this;
      }
    };
  }
}
