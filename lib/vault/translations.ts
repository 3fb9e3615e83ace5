import type { VaultSettings } from './entry';
import type { Translated } from './known';

/**
 * Where a note's translations are, as `slug/path` without `.md`. A target that does not begin with the slug of one of the vault's
 * translations is a path in the vault of its language, or in the only other vault; one that fits nowhere is left out.
 */
export function translationPaths(
  translations: readonly Translated[],
  settings: Pick<VaultSettings, 'translations'>,
): string[] {
  const slugs = Object.values(settings.translations);
  return translations.flatMap(({ language, target }) => {
    if (slugs.some((slug) => target.startsWith(`${slug}/`))) return [target];
    const slug = language === null ? (slugs.length === 1 ? slugs[0] : undefined) : settings.translations[language];
    if (slug !== undefined) return [`${slug}/${target}`];
    return language === null && target.includes('/') ? [target] : [];
  });
}
