// The entry of the simulation worker as a web worker.
import type { ToWorker } from '../simulation/messages.ts';
import { serveSimulation } from '../simulation/serve.ts';

const serve = serveSimulation((message) => postMessage(message));
addEventListener('message', ({ data }: MessageEvent<ToWorker>) => serve(data));
