package io.secamo.processes.cli.terminal;

/** How much a person sees at once. */
public interface Screen {
  /** No terminal: lines are as long as they are, and stay where they were written. */
  Screen NONE =
      new Screen() {
        @Override
        public int columns() {
          return Integer.MAX_VALUE;
        }

        @Override
        public boolean redraws() {
          return false;
        }
      };

  /** How many columns a line has. */
  int columns();

  /** Whether lines can be taken back and written anew. */
  boolean redraws();
}
