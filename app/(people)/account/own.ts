import { leadTo } from '@/app/elsewhere';
import type { Person } from '@/features/access/viewer';
import { currentLanguage, getPerson } from '@/features/people/viewer';
import type { InterfaceLanguage } from '@/lib/language/words';

/** Whose account a page is about; null once an anonymous visitor has been sent to sign in and back to `path`. */
export async function ownAccount(path: string): Promise<{ viewer: Person; language: InterfaceLanguage } | null> {
  const [viewer, language] = await Promise.all([getPerson(), currentLanguage()]);
  if (viewer) return { viewer, language };
  leadTo(`/signin?to=${encodeURIComponent(path)}`);
  return null;
}
