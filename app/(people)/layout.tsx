import type { ReactNode } from 'react';
import { Document } from '@/components/document';
import { anonymous } from '@/features/access/viewer';
import { currentLanguage, getPerson } from '@/features/people/viewer';
import { xrayOfThis } from '@/features/xray/visitor';
import '@/app/globals.css';

/** Pages made for one visitor: what they say, and in which language, depends on who asks. */
export const instant = false;

export default async function PeopleLayout({ children }: { children: ReactNode }) {
  const [language, person] = await Promise.all([currentLanguage(), getPerson()]);
  return (
    <Document language={language} theme={person?.theme} xray={await xrayOfThis(person ?? anonymous)}>
      {children}
    </Document>
  );
}
