import { register } from 'tsx/esm/api';

// A worker thread has module hooks of its own: TypeScript is taught to it here.
register();
const { compileNote } = await import('./compile-note.ts');

/** One thread of the pool in `compile.ts`: reads and compiles a group of notes. */
export default (jobs) => Promise.all(jobs.map(compileNote));
