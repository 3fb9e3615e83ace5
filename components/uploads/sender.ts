import type { DetailedError, HttpRequest, HttpResponse, Upload, UploadOptions } from 'tus-js-client';

/** Where a file goes: `file` is the one whose place it takes. */
export type Place = { vault: string; folder: string; replace: boolean; file: string | null };
/** `why` is the word of a refusal. */
export type Ended =
  | { as: 'done'; fileId: string | null }
  | { as: 'refused'; why: string }
  | { as: 'signedOut' }
  | { as: 'failed' };
export type Hear = {
  /** Bytes that have left. */
  sent: (bytes: number) => void;
  /** The connection was cut; it goes on by itself. */
  cut: () => void;
  ended: (how: Ended) => void;
};
export type Sender = {
  /** Begins, or goes on where it was. */
  start: () => void;
  /** Stops for now. */
  stop: () => void;
  /** Ends it, and has the site let go of what came. */
  drop: () => void;
};

const ENDPOINT = '/api/uploads';
const TUS = { 'Tus-Resumable': '1.0.0' };
const CHUNK_BYTES = 32 * 1024 * 1024;
const RETRY_DELAYS = [0, 1_000, 3_000, 5_000, 10_000];

/** Makes ready to send a file, from where an earlier try of this browser came to. */
export async function openSender(file: File, place: Place, hear: Hear): Promise<Sender> {
  const tus = await import('tus-js-client');
  const upload: Upload = new tus.Upload(file, {
    ...optionsFor(file, place),
    onProgress: hear.sent,
    onShouldRetry: (error) => {
      const again = mayPass(error);
      if (again) hear.cut();
      return again;
    },
    onSuccess: ({ lastResponse }) =>
      void fileOf(upload, lastResponse).then((fileId) => hear.ended({ as: 'done', fileId })),
    onError: (error) => void explain(error).then((how) => (how ? hear.ended(how) : goOnOnline())),
  });
  let wanted = false;
  const goOnOnline = () => {
    hear.cut();
    window.addEventListener('online', () => wanted && upload.start(), { once: true });
  };
  const [before] = await upload.findPreviousUploads();
  if (before) upload.resumeFromPreviousUpload(before);
  return {
    start: () => {
      wanted = true;
      upload.start();
    },
    stop: () => {
      wanted = false;
      void upload.abort();
    },
    drop: () => {
      wanted = false;
      void upload.abort(true).catch(() => {}); // it may have ended meanwhile
    },
  };
}

/** What tells a file on its way to a place from all others, in this browser, also later. */
export const fingerprint = (file: File, { vault, folder, file: replaced }: Place): string =>
  `trastienda ${JSON.stringify([vault, folder, replaced, file.name, file.size, file.lastModified])}`;

function optionsFor(file: File, place: Place): UploadOptions {
  const { vault, folder, replace, file: replaced } = place;
  return {
    endpoint: ENDPOINT,
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_DELAYS,
    metadata: {
      vault,
      folder,
      filename: file.name,
      replace: replace ? 'on' : '',
      ...(replaced !== null && { file: replaced }),
    },
    fingerprint: async () => fingerprint(file, place),
    storeFingerprintForResuming: true,
    removeFingerprintOnSuccess: true,
    onAfterResponse: keepPlace,
  };
}

/** Nobody is signed in any more: what was begun is theirs again when they are. */
class SignedOut extends Error {}

/**
 * Asked how far it is, the site may be unable to tell, or not know who asks. The library would take either for an upload that is
 * gone, forget it and begin anew.
 */
async function keepPlace(request: HttpRequest, response: HttpResponse): Promise<void> {
  if (request.getMethod() !== 'HEAD' || response.getHeader('X-Refusal')) return;
  if (response.getStatus() >= 500) throw new Error('The site cannot tell now how far it is.');
  if (response.getStatus() === 404 && !(await isSignedIn())) throw new SignedOut();
}

const isDetailed = (error: Error): error is DetailedError => 'originalResponse' in error;
const refusalIn = (error: DetailedError): string | undefined => error.originalResponse?.getHeader('X-Refusal');

/** Whether what went wrong may be otherwise a moment later. */
function mayPass(error: DetailedError): boolean {
  if (refusalIn(error) || error.causingError instanceof SignedOut) return false;
  const status = error.originalResponse?.getStatus() ?? 0;
  return status < 400 || status >= 500 || status === 409 || status === 423;
}

/** How it ended; null when only the network is away. */
async function explain(error: Error): Promise<Ended | null> {
  if (!isDetailed(error)) return { as: 'failed' };
  const why = refusalIn(error);
  if (why) return { as: 'refused', why };
  if (error.causingError instanceof SignedOut) return { as: 'signedOut' };
  if (error.originalResponse?.getStatus() === 404 && !(await isSignedIn())) return { as: 'signedOut' };
  return navigator.onLine ? { as: 'failed' } : null;
}

/** To a request that says nothing, the site answers somebody who is signed in that it cannot be read, and others that nothing is there. */
async function isSignedIn(): Promise<boolean> {
  const answer = await fetch(ENDPOINT, { method: 'POST' }).catch(() => null);
  return answer?.status !== 404;
}

/** The file that came of it: told with the last bytes, and when there were none, to whoever asks. */
async function fileOf(upload: Upload, last: HttpResponse): Promise<string | null> {
  const told = last.getHeader('X-File');
  if (told || !upload.url) return told ?? null;
  const answer = await fetch(upload.url, { method: 'HEAD', headers: TUS }).catch(() => null);
  return answer?.headers.get('X-File') ?? null;
}
