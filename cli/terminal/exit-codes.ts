/** How a command ends. */
export const exitCode = {
  success: 0,
  /** The input is sound, but an expectation fails, a file has errors, or a file is not formatted. */
  negative: 1,
  badInput: 2,
  /** By Ctrl-C, or by a signal that asks it to end: what a shell makes of Ctrl-C. */
  interrupted: 130,
} as const;
