import { vaultLanguage } from '@/app/reader/asked';
import { SAMPLE } from '@/app/sample';
import { Document } from '@/components/document';
import { anonymous } from '@/features/access/viewer';
import { getPerson } from '@/features/people/viewer';
import { xrayOfThis } from '@/features/xray/visitor';
import '@/app/globals.css';

export const instant = false;
export const generateStaticParams = () => [{ vault: SAMPLE }];

export default async function DynamicLayout({ params, children }: LayoutProps<'/compare/dynamic/[vault]'>) {
  const { vault } = await params;
  const [language, person] = await Promise.all([vaultLanguage(vault), getPerson()]);
  return (
    <Document language={language} theme={person?.theme} xray={await xrayOfThis(person ?? anonymous)}>
      {children}
    </Document>
  );
}
