import { create } from 'content-disposition';
import { isAllowed } from '@/features/access/allowed';
import { type AuditLine, exportAudit } from '@/features/audit/queries';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { auditWords } from '@/lib/language/audit';
import { csvLine } from '@/lib/text/csv';
import { readFilter } from '../filter';

const PRIVATE = { 'cache-control': 'private, no-store' };

/** The log as a CSV file, written as it is read. */
export async function GET(request: Request): Promise<Response> {
  const [viewer, language] = await Promise.all([getViewer(), currentLanguage()]);
  if (!(await isAllowed(viewer, 'audit.read'))) return new Response(null, { status: 404, headers: PRIVATE });
  const { filter } = readFilter(Object.fromEntries(new URL(request.url).searchParams));
  const batches = exportAudit(viewer, filter);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`\uFEFF${csvLine(auditWords(language).columns)}`)),
    pull: async (controller) => {
      const { done, value } = await batches.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map(lineOf).join('')));
    },
    cancel: async () => {
      await batches.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      ...PRIVATE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': create('trastienda-log.csv'),
    },
  });
}

const lineOf = ({ at, actor, action, subject, detail, address, refused }: AuditLine): string =>
  csvLine([
    at,
    actor?.name ?? '',
    actor?.email ?? '',
    action,
    subject?.kind ?? '',
    subject?.id ?? '',
    subject?.name ?? '',
    Object.keys(detail).length > 0 ? JSON.stringify(detail) : '',
    address ?? '',
    String(refused),
  ]);
