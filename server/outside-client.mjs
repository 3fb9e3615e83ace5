import { Agent, get } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Asks this very server for what it is told to, past the network, and times the answers: on a thread of its own, like
 * somebody outside. On the server's own thread a first byte would be seen only when the server has nothing else to do.
 */
const { port, secret, sockets, patienceMs } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: sockets });

parentPort.on('message', ({ id, path, headers }) => {
  const sent = performance.now();
  const fail = (error) => parentPort.postMessage({ id, error: `${path}: ${error.message}` });
  const asked = { ...headers, 'x-internal-secret': secret };
  const request = get({ host: '127.0.0.1', port, path, agent, headers: asked, timeout: patienceMs }, (response) => {
    const firstByte = performance.now() - sent;
    const chunks = [];
    response.on('data', (bytes) => chunks.push({ at: performance.now() - sent, bytes }));
    response.once('error', fail);
    response.once('end', () => {
      const complete = performance.now() - sent;
      const { statusCode: status, statusMessage, headers: named, rawHeaders } = response;
      const copies = chunks.map(({ at, bytes }) => ({ at, bytes: new Uint8Array(bytes) }));
      parentPort.postMessage({
        id,
        answer: { status, statusMessage, headers: { ...named }, rawHeaders, firstByte, complete, chunks: copies },
      });
    });
  });
  request.once('timeout', () => request.destroy(new Error('no answer')));
  request.once('error', fail);
});
