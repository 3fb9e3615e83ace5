/** A server that only has its database, to be killed by a test. */
import { openPostgres } from '../postgres';

const { url } = await openPostgres({ dataDir: process.argv[2] ?? '' });
console.log(url);
setInterval(() => {}, 1_000);
