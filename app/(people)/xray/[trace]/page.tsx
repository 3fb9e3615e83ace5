import { missing } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { Counter } from '@/components/site/counter';
import { SeenList } from '@/components/xray/seen-list';
import { XrayView } from '@/components/xray/xray-view';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { listSeen, readSeen } from '@/features/xray/queries';
import { currentVisitor } from '@/features/xray/visitor';
import { xrayWords } from '@/lib/language/xray';

export const instant = false;

type Props = PageProps<'/xray/[trace]'>;

export async function generateMetadata() {
  return { title: xrayWords(await currentLanguage()).heading, robots: { index: false } };
}

/** One request, opened up, for whoever made it. */
export default async function Page({ params }: Props) {
  const { trace } = await params;
  const [viewer, language, visitor] = await Promise.all([getViewer(), currentLanguage(), currentVisitor()]);
  const seen = await readSeen(viewer, visitor, trace);
  if (!seen) return missing();
  const words = xrayWords(language);
  const { request } = seen.observation;
  return (
    <Counter
      language={language}
      visit={visitOf(viewer)}
      title={`${words.heading}: ${request.method} ${request.path}`}
      lead={words.lead}
      wide
    >
      <XrayView {...seen} language={language} />
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
