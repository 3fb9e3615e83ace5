import { connect } from '@/db/connection';
import { MAKE_VARIANTS, makeVariants } from '@/features/files/make-variants';
import { askForSweep, SWEEP, sweepDaily } from '@/features/files/sweep';
import { type Handler, startWorker, type Worker } from '@/features/jobs/worker';
import { PEOPLE_JOBS } from '@/features/people/mail-jobs';

/** What is done in the background, by kind of job. */
const HANDLERS: Record<string, Handler> = { [MAKE_VARIANTS]: makeVariants, [SWEEP]: sweepDaily, ...PEOPLE_JOBS };

/** After a start there is enough to do. */
const FIRST_SWEEP_SECONDS = 600;

/** Works through the jobs that are left, on connections of its own, so that visitors never wait for one. */
export async function startBackground(databaseUrl: string): Promise<Worker> {
  const connection = connect(databaseUrl, { max: 2 });
  await askForSweep(connection.db, FIRST_SWEEP_SECONDS);
  const worker = await startWorker(connection, HANDLERS);
  return {
    idle: worker.idle,
    close: async () => {
      await worker.close();
      await connection.close();
    },
  };
}
