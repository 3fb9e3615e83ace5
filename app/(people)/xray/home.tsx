import { visitOf } from '@/app/visit';
import { ActionForm } from '@/components/form/action-form';
import { Counter } from '@/components/site/counter';
import { SeenList } from '@/components/xray/seen-list';
import { may } from '@/features/access/policy';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { chooseXrayFor } from '@/features/xray/actions';
import { listSeen } from '@/features/xray/queries';
import { readXrayFor, XRAY_FOR } from '@/features/xray/settings';
import { currentVisitor } from '@/features/xray/visitor';
import { accountWords } from '@/lib/language/account';
import { xrayWords } from '@/lib/language/xray';

/** What can be looked at, and, for an owner, who may. */
export async function XrayHome({ problem }: { problem?: string }) {
  const [viewer, language, visitor] = await Promise.all([getViewer(), currentLanguage(), currentVisitor()]);
  const [lines, allowed] = await Promise.all([listSeen(viewer, visitor), readXrayFor(viewer)]);
  const words = xrayWords(language);
  const owner = may(viewer, 'settings.change');
  return (
    <Counter language={language} visit={visitOf(viewer)} title={words.heading} lead={words.lead} wide>
      <p className={problem ? 'form-problem' : 'said'}>{problem ?? words.nowhere}</p>
      <SeenList lines={lines} title={owner ? words.recent.all : words.recent.title} language={language} />
      {owner && (
        <>
          <h2>{words.settings.title}</h2>
          <ActionForm
            id="xray-for"
            action={chooseXrayFor}
            submit={words.settings.save}
            working={accountWords(language).form.working}
            fields={[
              {
                name: 'who',
                type: 'select',
                label: words.settings.title,
                value: allowed,
                options: XRAY_FOR.map((value) => ({ value, label: words.settings[value] })),
              },
            ]}
          />
        </>
      )}
    </Counter>
  );
}
