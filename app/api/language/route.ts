import { z } from 'zod';
import { safePath } from '@/lib/http/own-path';
import { INTERFACE_LANGUAGES } from '@/lib/language/words';

const YEAR_SECONDS = 31_536_000;
const form = z.object({ language: z.enum(INTERFACE_LANGUAGES), to: z.string().optional() });

/** Remembers the language a visitor chose for the pages that belong to no vault. */
export async function POST(request: Request) {
  const parsed = form.safeParse(Object.fromEntries(await request.formData().catch(() => new FormData())));
  if (!parsed.success) return new Response(null, { status: 400 });
  const { language, to } = parsed.data;
  return new Response(null, {
    status: 303,
    headers: {
      location: safePath(to ?? '/'),
      'set-cookie': `lang=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`,
    },
  });
}
