// The entry of the simulation worker as a worker thread of Node.
import { parentPort } from 'node:worker_threads';
import { serveSimulation } from '../simulation/serve.ts';

const port = parentPort;
if (port === null) throw new Error('The simulation worker must be started as a worker thread.');
port.on(
  'message',
  serveSimulation((message) => port.postMessage(message)),
);
