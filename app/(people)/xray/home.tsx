import { visitOf } from '@/app/visit';
import { Counter } from '@/components/site/counter';
import { SeenList } from '@/components/xray/seen-list';
import { may } from '@/features/access/policy';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { listSeen } from '@/features/xray/queries';
import { currentVisitor } from '@/features/xray/visitor';
import { xrayWords } from '@/lib/language/xray';

/** What can be looked at, and, for an owner, where they decide who may. */
export async function XrayHome({ problem }: { problem?: string }) {
  const [viewer, language, visitor] = await Promise.all([getViewer(), currentLanguage(), currentVisitor()]);
  const lines = await listSeen(viewer, visitor);
  const words = xrayWords(language);
  const owner = may(viewer, 'settings.change');
  return (
    <Counter language={language} visit={visitOf(viewer)} title={words.heading} lead={words.lead} wide>
      <p className={problem ? 'form-problem' : 'said'}>{problem ?? words.nowhere}</p>
      <SeenList lines={lines} title={owner ? words.recent.all : words.recent.title} language={language} />
      {owner && (
        <p>
          <a href="/studio/settings">{words.settings}</a>
        </p>
      )}
    </Counter>
  );
}
