import { compileNote } from './compile-note';

/** One thread of the pool in `compile.ts`. */
export default compileNote;
