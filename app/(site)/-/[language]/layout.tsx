import { Document } from '@/components/document';
import { interfaceLanguage } from '@/lib/language/words';
import '@/app/globals.css';

export default async function SiteLayout({ params, children }: LayoutProps<'/-/[language]'>) {
  const { language } = await params;
  return <Document language={interfaceLanguage(language)}>{children}</Document>;
}
