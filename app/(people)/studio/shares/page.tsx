import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { ActionForm } from '@/components/form/action-form';
import { RowForm } from '@/components/form/row-form';
import { ShareList } from '@/components/shares/share-list';
import { StudioFrame } from '@/components/studio/studio-frame';
import { closeShare, makeShare } from '@/features/shares/actions';
import { shareFields } from '@/features/shares/fields';
import { findShareable, listShares } from '@/features/shares/queries';
import { shareTarget } from '@/features/shares/schema';
import { accountWords } from '@/lib/language/account';
import { knownZone } from '@/lib/language/moment';
import { shareWords } from '@/lib/language/shares';
import { studioWords } from '@/lib/language/studio';
import { type Asked, one } from '../asked';
import { openStudio } from '../door';
import { studioTitle } from '../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.shares);

/** The share links there are; with `?file=` or `?note=`, the form that makes one to it. */
export default async function Page({ searchParams }: { searchParams: Asked }) {
  const [door, asked] = await Promise.all([openStudio('shares'), searchParams]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const wanted = one(asked.file) || one(asked.note);
  const target = shareTarget.safeParse(wanted).data;
  const [shares, shareable] = await Promise.all([
    listShares(viewer),
    target === undefined ? null : findShareable(viewer, target),
  ]);
  if (!shares || (wanted !== '' && !shareable)) return missing();
  const { make: words } = shareWords(language);
  return (
    <StudioFrame {...frame} title={words.title} lead={words.lead}>
      {target !== undefined && shareable ? (
        <>
          <h2>{words.newTo(shareable.name)}</h2>
          <ActionForm
            id="share"
            action={makeShare}
            fields={shareFields(language, target)}
            submit={words.submit}
            working={accountWords(language).form.working}
          />
        </>
      ) : (
        <>
          <p className="said">{words.choose}</p>
          <p className="actions">
            <a className="button" href="/studio/files">
              {words.toFiles}
            </a>
          </p>
        </>
      )}
      <h2>{words.list}</h2>
      <RowForm id="shares" action={closeShare}>
        {shares.length === 0 ? (
          <p className="empty">{words.none}</p>
        ) : (
          <ShareList
            shares={shares}
            language={language}
            timeZone={viewer.timeZone}
            ledger={frame.open.includes('downloads')}
          />
        )}
      </RowForm>
      <p className="field-hint">{studioWords(language).zone(knownZone(viewer.timeZone))}</p>
    </StudioFrame>
  );
}
