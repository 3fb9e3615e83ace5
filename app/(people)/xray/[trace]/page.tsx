import { absolute } from '@/app/address';
import { missing } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { Counter } from '@/components/site/counter';
import { SeenList } from '@/components/xray/seen-list';
import { XrayView } from '@/components/xray/xray-view';
import type { Viewer } from '@/features/access/viewer';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { planQuery } from '@/features/xray/plan';
import { listSeen, readSeen } from '@/features/xray/queries';
import { currentVisitor } from '@/features/xray/visitor';
import type { InterfaceLanguage } from '@/lib/language/words';
import { xrayWords } from '@/lib/language/xray';

export const instant = false;

const ID_LENGTH = 32;

type Props = PageProps<'/xray/[trace]'>;

export async function generateMetadata() {
  return {
    title: xrayWords(await currentLanguage()).heading,
    robots: { index: false },
    alternates: { canonical: absolute('/xray') },
  };
}

/** One request, opened up, for whoever made it. */
export default async function Page({ params, searchParams }: Props) {
  const [{ trace }, { plan: asked }] = await Promise.all([params, searchParams]);
  const [viewer, language, visitor] = await Promise.all([getViewer(), currentLanguage(), currentVisitor()]);
  const seen = await readSeen(viewer, visitor, trace);
  if (!seen) return missing();
  const words = xrayWords(language);
  const { request } = seen.observation;
  const plan =
    typeof asked === 'string' && /^\d{1,3}$/.test(asked) ? await planned(viewer, trace, Number(asked), language) : null;
  return (
    <Counter
      language={language}
      visit={visitOf(viewer)}
      title={`${words.heading}: ${request.method} ${request.path}`}
      lead={words.lead}
      wide
    >
      <XrayView {...seen} plan={plan} language={language} />
      <p>
        <a className="button button-plain" href={`/xray/${trace}/otlp`} download>
          {words.export}
        </a>
      </p>
      <SeenList
        lines={await listSeen(viewer, visitor)}
        title={seen.owner ? words.recent.all : words.recent.title}
        language={language}
      />
    </Counter>
  );
}

async function planned(viewer: Viewer, trace: string, of: number, language: InterfaceLanguage) {
  const found = await planQuery(viewer, trace.slice(0, ID_LENGTH), of);
  if (found.as === 'missing') return null;
  return { of, lines: found.as === 'plan' ? found.lines : [xrayWords(language).queries.old] };
}
