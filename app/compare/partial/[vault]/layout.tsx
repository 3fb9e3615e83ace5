import { keptLanguage } from '@/app/compare/kept';
import { Document } from '@/components/document';
import '@/app/globals.css';

export default async function PartialLayout({ params, children }: LayoutProps<'/compare/partial/[vault]'>) {
  const { vault } = await params;
  return <Document language={await keptLanguage(vault)}>{children}</Document>;
}
