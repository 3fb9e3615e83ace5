// `trastienda import … --json`, with the report in a file: `node bench/import-once.mjs <report> <folder> [options]`
import { createWriteStream } from 'node:fs';

const [report = '', ...args] = process.argv.slice(2);
const out = createWriteStream(report);
process.stdout.write = out.write.bind(out);
process.argv = [...process.argv.slice(0, 2), 'import', '--json', ...args];
await import('../bin/trastienda.mjs');
