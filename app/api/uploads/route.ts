import { Readable } from 'node:stream';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { beginUpload } from '@/features/uploads/begin';
import { receive } from '@/features/uploads/receive';
import { takeTurn } from '@/features/uploads/turns';
import {
  readCreation,
  respondCreated,
  respondMissing,
  respondOptions,
  respondRefusal,
  respondUnread,
} from '@/features/uploads/tus';

export const OPTIONS = respondOptions;

/** A file is about to come, whose bytes are sent to the address that is answered. */
export async function POST(request: Request): Promise<Response> {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  const asked = readCreation(request.headers);
  if (!asked) return viewer.kind === 'person' ? respondUnread() : respondMissing();
  return takeTurn(viewer, language, async () => {
    const begun = await beginUpload(viewer, asked);
    if (begun.as === 'missing') return respondMissing();
    if (begun.as === 'refused') return respondRefusal(begun.why, language);
    // Of an empty file nothing more is sent
    const received = asked.size === 0 && (await receive(viewer, begun.id, { offset: 0, source: Readable.from([]) }));
    return received && received.as === 'refused' ? respondRefusal(received.why, language) : respondCreated(begun.id);
  });
}
