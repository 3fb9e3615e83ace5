import { connection } from 'next/server';
import { StampFacts } from '@/components/compare/stamp';
import { getViewer } from '@/features/people/viewer';
import { compareWords } from '@/lib/language/compare';
import type { InterfaceLanguage } from '@/lib/language/words';
import { processName } from '@/lib/observe/process';
import { tallying } from '@/lib/observe/trace';

/** The part of a page that is made for one visitor: who asks is read from the request, so it waits for one. */
export async function VisitStamp({ language }: { language: InterfaceLanguage }) {
  await connection(); // a prefetch knows who asks too, but not when
  const { value: viewer, queries } = await tallying(getViewer);
  const { stamp } = compareWords(language);
  const made = { at: new Date().toISOString(), process: processName(), queries };
  return (
    <StampFacts
      part="visit"
      label={viewer.kind === 'person' ? stamp.forPerson(viewer.name) : stamp.forAnybody}
      made={made}
      language={language}
    />
  );
}
