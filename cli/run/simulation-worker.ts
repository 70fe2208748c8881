/** The thread that simulates, so that the terminal stays free to draw and to end it. */
import { parentPort } from 'node:worker_threads';
import { serve } from '@memloom/sim-core';

const port = parentPort;
if (!port) throw new Error('This file is the entry of a worker thread.');

serve({
  postMessage: (message, transfer) => port.postMessage(message, transfer),
  onMessage: (listener) => port.on('message', listener),
});
