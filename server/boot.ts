import { createServer } from 'node:http';
import path from 'node:path';
import next from 'next';
import { type Connection, connect } from '@/db/connection';
import type { Settings } from '@/lib/env';
import { observatory } from '@/lib/observe/observatory';
import type { Order } from './arguments';
import { startBackground } from './background';
import { readBuildTags, removeOldPages } from './build-tags';
import { correctBuild } from './correct-build';
import { startDecrypting } from './decrypting';
import { exportTraces } from './export-traces';
import { openFrontDoor } from './front-door';
import { watchDatabase } from './health';
import { prepareFiles } from './keys';
import { LANGUAGES } from './language';
import { listen } from './listener';
import { lookup } from './lookup';
import { migrate } from './migrate';
import { watchCaches } from './next-caches';
import { watchNext } from './next-spans';
import { allowOutside } from './outside';
import { openPostgres } from './postgres';
import { keepPublishing, publish, welcome } from './publish';
import { filesOfRoutes, readRoutes } from './routes';
import { authSecret } from './secret';
import type { Shutdown } from './shutdown';
import { createSite, type Site } from './site';

type Boot = { root: string; settings: Settings; orders: Order[]; shutdown: Shutdown; database: () => Connection };

/** Starts everything in the order it depends on each other; `shutdown` puts it away in reverse. */
export async function boot({ root, settings, orders, shutdown, database }: Boot): Promise<void> {
  const began = performance.now();
  const door = await openFrontDoor(settings.host, settings.port);
  shutdown.onForce(door.cut);

  const postgres = await openPostgres(settings);
  shutdown.add('PostgreSQL', postgres.close);
  process.env.DATABASE_URL = postgres.url;
  process.env.DATA_DIR = settings.dataDir;
  process.env.SITE_URL = settings.siteUrl;
  allowOutside(root);
  process.env.BUNDLED_VAULTS = path.join(root, 'content');
  process.env.REHEARSALS = String(settings.rehearsals);
  if (settings.keyRing) process.env.KEY_RING = settings.keyRing;
  process.env.NEXTAUTH_URL = settings.siteUrl;
  // Where Next asks itself: never where a visitor's Host header says
  process.env.__NEXT_PRIVATE_ORIGIN = ownOrigin(settings);
  process.env.NEXTAUTH_SECRET = await authSecret(settings.dataDir, settings.authSecret);
  await stop(shutdown);
  await migrate(postgres.url, root);
  shutdown.add('The database connections', () => database().close());
  await stop(shutdown);
  shutdown.add('The threads that decrypt', startDecrypting(root).close);
  await prepareFiles(database().db, (text) => console.log(`  ${text}`));
  await stop(shutdown);
  await publish(orders, (text) => console.log(`  ${text}`));
  await stop(shutdown);

  const site = await openSite(root, settings, shutdown);
  shutdown.add('The web server', door.close);
  door.open(site);
  const kept = await keepPublishing(orders, (text) => console.log(`  ${text}`));
  shutdown.add('Watching the folders', kept.close);
  const background = await startBackground(postgres.url);
  shutdown.add('The background work', background.close);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  for (const line of await welcome(settings)) console.log(`  ${line}`);
  void warm(site, orders);
  console.log(`\n  Trastienda is at ${settings.siteUrl}  (started in ${seconds} s; Ctrl-C stops it)\n`);
}

async function openSite(root: string, settings: Settings, shutdown: Shutdown): Promise<Site> {
  await removeOldPages(root);
  await correctBuild(root);
  // Next would answer WebSockets on the first server it sees; it is shown one that never listens
  const app = next({ dev: false, dir: root, hostname: settings.host, port: settings.port, httpServer: createServer() });
  if (settings.xray) watchNext();
  await withoutNotes(() => app.prepare());
  if (settings.xray) watchCaches();
  observatory().files = await filesOfRoutes(root);
  if (settings.otlpEndpoint) {
    const exporter = exportTraces(settings.otlpEndpoint);
    observatory().onSeen = exporter.add;
    shutdown.add('The export of traces', exporter.close);
  }
  const own = connect(process.env.DATABASE_URL ?? '', { max: 1 });
  shutdown.add('The watch on the database', () => own.close());
  const health = watchDatabase(() => own.sql`select 1`);
  const handler = app.getRequestHandler();
  const site = await createSite({
    next: (request, response) => handler(request, response),
    lookup,
    ...(await readRoutes(root)),
    health,
    siteUrl: settings.siteUrl,
    proxies: settings.trustedProxies,
    observes: settings.xray,
    log: settings.logRequests ? (line) => console.log(JSON.stringify(line)) : undefined,
  });
  shutdown.add('Next', async () => {
    await site.close();
    await app.close();
  });
  await site.expire(await readBuildTags(root));
  const listener = await listen(own.sql, site.apply);
  shutdown.add('The listener', () => listener.close());
  return site;
}

/** Makes the pages everybody meets first, which are then there whatever happens to the database. */
async function warm(site: Site, orders: Order[]): Promise<void> {
  for (const language of LANGUAGES) {
    for (const path of ['/', `/-/${language}/not-found`]) await site.visit(path, language).catch(() => {});
  }
  for (const { slug } of orders) await site.visit(`/${slug}`, 'en').catch(() => {});
}

function ownOrigin({ host, port }: Settings): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  return `http://${everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Next notes on the terminal how it reads its configuration, which nobody who starts a site needs to know. */
async function withoutNotes(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    await work();
  } finally {
    console.log = log;
  }
}

/** Between two steps of a start: does not go on when the process has been asked to end. */
async function stop(shutdown: Shutdown): Promise<void> {
  if (shutdown.asked) throw new Error('Stopped while starting.');
}
