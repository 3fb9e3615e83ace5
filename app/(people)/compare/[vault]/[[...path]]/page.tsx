import type { Metadata } from 'next';
import { cache } from 'react';
import { absolute, decodePath } from '@/app/address';
import { leadTo, missing } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { ChangeForm } from '@/components/compare/change-form';
import { CrowdForm } from '@/components/compare/crowd-form';
import { MeasureForms } from '@/components/compare/measure-forms';
import { ModeLinks } from '@/components/compare/mode-links';
import { OutagePanel } from '@/components/compare/outage-panel';
import { Counter } from '@/components/site/counter';
import { anonymous } from '@/features/access/viewer';
import { changeHere, crowdHere, measureHere, outageHere } from '@/features/compare/actions';
import { findDemonstration } from '@/features/compare/demonstration';
import { OUTAGE_SECONDS, readRehearsal } from '@/features/compare/outage';
import { findAddress } from '@/features/notes/addresses';
import { readPreview } from '@/features/notes/queries';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { measureWords } from '@/lib/language/measure';

export const instant = false;

type Props = PageProps<'/compare/[vault]/[[...path]]'>;

const readAsked = cache(async (vault: string, address: string) => readPreview(await getViewer(), vault, address));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { vault, path } = await params;
  const note = await readAsked(vault, decodePath(path) ?? '');
  const words = measureWords(await currentLanguage());
  const title = note ? words.page.title(note.title) : words.title;
  return { title, robots: { index: false }, alternates: { canonical: note && absolute(`/compare${note.href}`) } };
}

/** One note in every mode: opened, measured and stamped. */
export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const address = decodePath(path);
  if (address === null) return missing();
  const [viewer, language, note] = await Promise.all([getViewer(), currentLanguage(), readAsked(vault, address)]);
  const forAll = await findAddress(anonymous, vault, address);
  if (forAll.as === 'redirect') return leadTo(`/compare${forAll.to}`);
  if (!note) return missing();
  const words = measureWords(language).page;
  const open = forAll.as === 'page';
  const changing = await findDemonstration(viewer, vault === 'en' || vault === 'es' ? vault : language);
  const rehearsal = readRehearsal(viewer);
  return (
    <Counter language={language} visit={visitOf(viewer)} title={words.title(note.title)} lead={words.lead} wide>
      {!open && <p className="form-problem">{words.closed}</p>}
      {open && viewer.kind === 'person' && <p className="form-done">{words.personal}</p>}
      <ModeLinks page={note.href} language={language} />
      <MeasureForms page={note.href} language={language} action={measureHere} />
      <ChangeForm note={changing} language={language} action={changeHere} />
      <OutagePanel
        page={note.href}
        seconds={OUTAGE_SECONDS}
        owner={rehearsal.owner ? rehearsal : null}
        language={language}
        action={outageHere}
      />
      <CrowdForm page={note.href} language={language} action={crowdHere} />
    </Counter>
  );
}
