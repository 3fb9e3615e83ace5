import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

/** Opens chunks for the server, over memory that both threads hold, and says how many bytes of plaintext there are. */
const unregister = register();
const { CipherError, openInPlace } = await import('../lib/crypto/cobblestone.ts');
await unregister();

parentPort.on('message', ({ id, keys, first, sealed }) => {
  try {
    parentPort.postMessage({ id, length: openInPlace(keys, first, sealed).byteLength });
  } catch (error) {
    if (!(error instanceof CipherError)) throw error;
    parentPort.postMessage({ id, length: null });
  }
});
