/** Something about the folder or the options that the person importing can mend; `message` is one sentence. */
export class ImportError extends Error {}
