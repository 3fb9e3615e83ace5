import { z } from 'zod';
import { allowedPerson } from '@/features/access/allowed';
import type { Operation } from '@/features/access/policy';
import type { Person } from '@/features/access/viewer';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import type { FormState } from '@/lib/form/field';
import { fieldsOf, refuse } from '@/lib/form/read';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';

/**
 * Who sends a form of the studio, when they may do this deed; else null, before anything is read. And the language to answer
 * in.
 */
export async function studioViewer(
  operation: Operation,
  deed: string,
): Promise<{ viewer: Person | null; language: InterfaceLanguage }> {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  return { viewer: await allowedPerson(viewer, operation, deed), language };
}

/** The answer to a form about what does not exist, or is not for whoever sent it: the same for both. */
export const gone = (form: FormData, language: InterfaceLanguage): FormState =>
  refuse(404, form, { problem: studioWords(language).gone });

/** The UUID in a field; one that belongs to nobody when it is none. */
export function idIn(form: FormData, field: string): string {
  const parsed = z.uuid().safeParse(fieldsOf(form)[field]);
  return parsed.success ? parsed.data : '00000000-0000-0000-0000-000000000000';
}

/** The number in a field; one that belongs to nothing when it is none. */
export function numberIn(form: FormData, field: string): number {
  const parsed = z.coerce.number().int().positive().max(2_147_483_647).safeParse(fieldsOf(form)[field]);
  return parsed.success ? parsed.data : 0;
}

/** The groups that were ticked: fields `group-<id>`. */
export const groupsIn = (form: FormData): number[] =>
  Object.keys(fieldsOf(form)).flatMap((name) => {
    const id = Number(/^group-(\d{1,9})$/.exec(name)?.[1] ?? 0);
    return id > 0 ? [id] : [];
  });

/** A one-time link to hand over, as a whole address. */
export function linkTo(path: string, language: InterfaceLanguage): NonNullable<FormState['link']> {
  const { link } = studioWords(language);
  return { ...link, url: new URL(path, process.env.SITE_URL ?? 'http://localhost').href };
}
