import { vaultLanguage } from '@/app/reader/asked';
import { SAMPLE } from '@/app/sample';
import { Document } from '@/components/document';
import { anonymous } from '@/features/access/viewer';
import { getPerson } from '@/features/people/viewer';
import { xrayOfThis } from '@/features/xray/visitor';
import '@/app/globals.css';

/** The addresses of vaults for whoever carries a session: made for them, now. */
export const instant = false;
export const generateStaticParams = () => [{ vault: SAMPLE }];

export default async function ReaderLayout({ params, children }: LayoutProps<'/reader/[vault]'>) {
  const { vault } = await params;
  const [language, person] = await Promise.all([vaultLanguage(vault), getPerson()]);
  return (
    <Document language={language} theme={person?.theme} xray={await xrayOfThis(person ?? anonymous)}>
      {children}
    </Document>
  );
}
