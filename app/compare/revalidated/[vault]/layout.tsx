import { keptLanguage } from '@/app/compare/kept';
import { Document } from '@/components/document';
import '@/app/globals.css';

export default async function RevalidatedLayout({ params, children }: LayoutProps<'/compare/revalidated/[vault]'>) {
  const { vault } = await params;
  return <Document language={await keptLanguage(vault)}>{children}</Document>;
}
