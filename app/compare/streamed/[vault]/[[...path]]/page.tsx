import { Suspense } from 'react';
import { decodePath } from '@/app/address';
import { describeMode } from '@/app/compare/describe';
import { keptFrame } from '@/app/compare/kept';
import { LateArticle, LateBacklinks, LateNeighbours, LateStamp, LateTree } from '@/app/compare/late-parts';
import { SAMPLE, sampleVault } from '@/app/sample';
import { Awaited } from '@/components/compare/awaited';
import { ShowLateParts, Stamp } from '@/components/compare/stamp';
import { VaultFrame } from '@/components/vault/vault-frame';
import { interfaceLanguage } from '@/lib/language/words';

/** A small frame at once, and each part of the page as soon as its own questions are answered. */
export const generateStaticParams = () => [{ vault: SAMPLE, path: ['sample'] }];

type Props = PageProps<'/compare/streamed/[vault]/[[...path]]'>;

export async function generateMetadata({ params }: Props) {
  const { vault, path } = await params;
  return describeMode('streamed', vault, path);
}

export default async function Page({ params }: Props) {
  const { vault, path } = await params;
  const frame = await keptFrame(vault);
  const card = frame?.vault ?? { ...sampleVault, slug: vault, href: `/${vault}`, title: vault };
  const language = interfaceLanguage(card.language);
  const at = { vault, address: decodePath(path) ?? '', language };
  const wait = <Awaited language={language} />;
  return (
    <>
      <ShowLateParts />
      <VaultFrame
        vault={card}
        making={{ mode: 'streamed', at: '', visit: null }}
        tree={{
          later: (
            <Suspense fallback={wait}>
              <LateTree {...at} />
            </Suspense>
          ),
        }}
        side={
          <div className="side">
            <Suspense fallback={wait}>
              <LateBacklinks {...at} />
            </Suspense>
          </div>
        }
      >
        <main id="text" className="text">
          <Suspense fallback={wait}>
            <LateArticle {...at} />
          </Suspense>
          <Suspense fallback={wait}>
            <LateNeighbours {...at} />
          </Suspense>
        </main>
      </VaultFrame>
      <Stamp mode="streamed" language={language} page={`/${[vault, ...(path ?? [])].join('/')}`} made={null}>
        <Suspense fallback={wait}>
          <LateStamp language={language} />
        </Suspense>
      </Stamp>
    </>
  );
}
