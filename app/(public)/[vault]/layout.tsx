import { SAMPLE, sampleVault } from '@/app/sample';
import { keepUntilVaultChanges } from '@/app/tags';
import { Document } from '@/components/document';
import { anonymous } from '@/features/access/viewer';
import { findVault } from '@/features/vaults/queries';
import '@/app/globals.css';

export default async function VaultLayout({ params, children }: LayoutProps<'/[vault]'>) {
  const { vault } = await params;
  return <Document language={await readLanguage(vault)}>{children}</Document>;
}

async function readLanguage(vault: string): Promise<string> {
  'use cache';
  keepUntilVaultChanges(vault, 'tree');
  if (vault === SAMPLE) return sampleVault.language;
  return (await findVault(anonymous, vault))?.language ?? 'en';
}
