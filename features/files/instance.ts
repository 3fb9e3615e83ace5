import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Executor } from '@/db/connection';
import { setting } from '@/db/schema';

const NAME = 'instance';

/** The site's own id, a UUID made once: its files are encrypted so that they open nowhere else. */
export async function instanceId(executor: Executor): Promise<string> {
  const found = () => executor.select({ value: setting.value }).from(setting).where(eq(setting.name, NAME));
  const [known] = await found();
  if (known) return String(known.value);
  await executor.insert(setting).values({ name: NAME, value: randomUUID() }).onConflictDoNothing();
  const [made] = await found();
  return String(made?.value);
}

/** The same, within a query. */
export const instanceColumn = sql<string>`(select ${setting.value} #>> '{}' from ${setting} where ${setting.name} = ${NAME})`;
