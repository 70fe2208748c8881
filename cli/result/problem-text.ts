import type { Problem } from '@memloom/sim-core';

/** A problem in one sentence or two: what is wrong, and how to mend it. */
export const problemText = ({ message, hint }: Problem): string => (hint ? `${message} ${hint}` : message);
