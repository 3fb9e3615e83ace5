import { decodePath } from '@/app/address';
import { describeMode } from '@/app/compare/describe';
import { missing } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { ComparedNote } from '@/components/compare/compared-note';
import { readNote } from '@/features/notes/queries';
import { getViewer } from '@/features/people/viewer';
import { processName } from '@/lib/observe/process';
import { tallying } from '@/lib/observe/trace';

/** Made for this visitor, now, all of it: who asks is known before anything is drawn. */
export const instant = false;

type Props = PageProps<'/compare/dynamic/[vault]/[[...path]]'>;

export async function generateMetadata({ params }: Props) {
  const { vault, path } = await params;
  return describeMode('dynamic', vault, path);
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const { value, queries } = await tallying(async () => {
    const viewer = await getViewer();
    return { viewer, note: await readNote(viewer, vault, decodePath(path) ?? '') };
  });
  const { viewer, note } = value;
  if (!note) return missing();
  const made = { at: new Date().toISOString(), process: processName(), queries };
  return <ComparedNote mode="dynamic" note={note} made={made} visit={visitOf(viewer)} />;
}
