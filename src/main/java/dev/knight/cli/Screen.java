package dev.knight.cli;

/** The screen that a person looks at. */
public interface Screen {
  /** Its columns now; it may be made wider or narrower at any time. */
  int columns();

  /** Its rows now. */
  int rows();

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
    };
  }
}
