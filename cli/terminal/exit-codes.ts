/** How a command ends. A signal ends it with 128 and the signal's number. */
export const exitCode = {
  success: 0,
  /** The input is sound, but an expectation fails, a file has errors, or a file is not formatted. */
  negative: 1,
  badInput: 2,
} as const;
