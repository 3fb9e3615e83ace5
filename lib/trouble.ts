/** Something a person can put right: shown as its sentence alone, without a stack. */
export class Trouble extends Error {
  constructor(
    message: string,
    /** The exit code of the process: 2 when the command was wrong, 1 otherwise. */
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
