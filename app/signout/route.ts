import { record } from '@/features/audit/write';
import { endSession } from '@/features/people/sessions';
import { dropToken, getPerson } from '@/features/people/viewer';

/** Ends the visitor's session. */
export async function POST(): Promise<Response> {
  const person = await getPerson();
  if (person) {
    await endSession(person);
    await record(person, { action: 'session.end', subject: { kind: 'person', id: person.id } });
  }
  await dropToken();
  return new Response(null, { status: 303, headers: { location: '/', 'cache-control': 'no-store' } });
}
