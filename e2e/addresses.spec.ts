import { sendRaw } from './support/http';
import { expect, test } from './support/test';

const to = (path: string) => ({ status: 308, location: path });

test('every other spelling of a note’s address leads to the one it has', async ({ site, workshop }) => {
  const oven = `/${workshop.slug}/Tools/Oven`;
  for (const spelling of [
    '/workshop/Tools/oven',
    '/workshop/TOOLS/OVEN.md',
    '/workshop/Tools/Oven.md',
    '/workshop/Tools/Oven/',
    '/workshop//Tools///Oven',
    '/workshop/Tools/%20Oven%20',
  ]) {
    let { status, headers } = await site.ask(spelling);
    expect(status, spelling).toBe(308);
    for (let hops = 0; headers.location !== oven && hops < 2; hops++)
      ({ status, headers } = await site.ask(headers.location ?? ''));
    expect(headers.location, spelling).toBe(oven);
  }
  for (const spelling of [
    '/workshop/Recipe%20card',
    '/workshop/Recipe+card',
    '/workshop/recipe card'.replace(' ', '%20'),
  ]) {
    const { status, headers } = await site.ask(`${spelling}?a=b`);
    expect({ status, location: headers.location }, spelling).toEqual(to('/workshop/Recipe-card?a=b'));
  }
  expect((await site.ask('/workshop/Home')).headers.location).toBe('/workshop');
});

test('an address may be escaped in any way', async ({ site, workshop }) => {
  const listed = (await site.ask('/sitemap.xml')).text.match(/\/workshop\/(%C3%9Cn[^<]+)</)?.[1] ?? '';
  expect((await site.ask(`/${workshop.slug}/${listed}`)).status).toBe(200);
  const same = ['/workshop/%42read', '/workshop/Brea%64', '/%77orkshop/Bread', '/workshop/-/tags/food%2Fbread'];
  for (const path of same) expect((await site.ask(path)).status, path).toBe(200);
  const decomposed = encodeURIComponent(decodeURIComponent(listed).normalize('NFD'));
  expect((await site.ask(`/workshop/${decomposed}`)).headers.location).toBe(`/workshop/${listed}`);
});

test('whatever a visitor types, the server does not fail', async ({ site }) => {
  const long = 'a'.repeat(3_000);
  const typed = [
    ...[
      '/%',
      '/%ff',
      '/%00',
      '/workshop/%E0%A4%A',
      '/workshop/%00',
      '/workshop/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2fetc',
    ],
    ...[
      '/../../etc/passwd',
      '/workshop/../en',
      '/./workshop',
      '/workshop/.',
      '/\\..\\windows',
      '/workshop/%5C',
      '//example.org/a',
    ],
    ...[
      `/${long}`,
      `/workshop/${long}`,
      `/workshop/${'a/'.repeat(1_500)}`,
      `/workshop/Bread?${long}`,
      `/${'a'.repeat(9_000)}`,
    ],
    ...[
      '/workshop/[[...path]]',
      '/[vault]',
      '/workshop/*',
      '/workshop/%2A',
      '/workshop/-',
      '/workshop/-/',
      '/workshop/-/x',
    ],
    ...[
      '/workshop/-/tags/',
      '/workshop/-/tags/%25',
      '/workshop/-/folders/',
      '/workshop/-/folders/%5F',
      '/workshop/-/og/x',
    ],
    ...[
      '/workshop/-/preview/',
      '/workshop/-/preview/x',
      '/-',
      '/-/',
      '/-/xx',
      '/-/-sample',
      '/-sample',
      '/-sample/sample',
    ],
    ...[
      '/_next',
      '/_next/static/x.js',
      '/_next/image?url=/a.png&w=1&q=1',
      '/_next/data/x.json',
      '/api',
      '/api/x',
      '/files',
    ],
    ...[
      '/files/x',
      '/files/x/y',
      '/files/00000000-0000-0000-0000-000000000000/a',
      '/sitemap.xml?part=0',
      '/sitemap.xml?part=x',
    ],
    ...[
      '/sitemap.xml?part=2',
      '/workshop/Bread?_rsc=%00',
      '/?_rsc',
      '/workshop/Bread.rsc',
      '/index',
      '/index.html',
      '/%F0%9F%8D%9E',
    ],
    ...[
      "/workshop/'%20or%201=1--",
      '/workshop/%3Cscript%3E',
      '/workshop/Bread%0d%0aset-cookie:a=b',
      '/workshop/%EF%BF%BF',
    ],
  ];
  for (const path of typed) {
    const { status, headers } = await site.ask(path);
    expect(status, path.slice(0, 60)).toBeGreaterThanOrEqual(200);
    expect(status, path.slice(0, 60)).toBeLessThan(500);
    expect(headers['set-cookie'], path.slice(0, 60)).toBeUndefined();
    if (headers.location) expect(headers.location, path.slice(0, 60)).toMatch(/^\/(?![/\\])/);
  }
  expect((await site.ask('/workshop/Bread')).status).toBe(200);
});

test('what is no HTTP is refused and hurts nobody', async ({ site }) => {
  const head = 'Host: localhost\r\nConnection: close\r\n\r\n';
  for (const line of [
    'GET  HTTP/1.1',
    'GET /a b HTTP/1.1',
    'G\u0001T / HTTP/1.1',
    'nonsense',
    'GET workshop HTTP/1.1',
    'GET ftp://a/ HTTP/1.1',
  ])
    expect(await sendRaw(site.port, `${line}\r\n${head}`), line).toBe(400);
  expect(await sendRaw(site.port, `GET http://elsewhere.example/workshop/Bread HTTP/1.1\r\n${head}`)).toBe(200);
  expect(await sendRaw(site.port, Buffer.from(`GET /workshop/\u00dc HTTP/1.1\r\n${head}`, 'latin1'))).toBeLessThan(500);
  expect(await sendRaw(site.port, `GET / HTTP/1.1\r\nX: ${'a'.repeat(40_000)}\r\n${head}`)).toBe(431);
  expect((await site.ask('/workshop/Bread')).status).toBe(200);
});

test('a page answers GET and HEAD; other methods are refused by name', async ({ site, workshop }) => {
  for (const path of ['/', `/${workshop.slug}`, '/workshop/Bread', '/workshop/never', '/workshop/-/tags']) {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS', 'PROPFIND']) {
      const { status, headers } = await site.ask(path, { method });
      expect(status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
      expect(status, `${method} ${path}`).toBeLessThan(500);
      if (status === 405) expect(headers.allow, `${method} ${path}`).toContain('GET');
    }
    const posted = await site.ask(path, { method: 'POST', body: 'a=b', headers: { 'content-type': 'text/plain' } });
    expect(posted.status, `POST ${path}`).toBeLessThan(500);
    const { status, text } = await site.ask('/workshop/Bread');
    expect([status, text.includes('How a loaf is made.')]).toEqual([200, true]);
  }
});

test('a visitor cannot speak as the server does', async ({ site, workshop }) => {
  const note = `/${workshop.slug}/Bread`;
  const plain = await site.ask(note);
  for (const [name, value] of Object.entries({
    'x-trastienda-language': 'es',
    'x-trastienda-address': '10.0.0.1',
    'x-internal-secret': 'guess',
    'x-nonce': 'mine',
    'content-security-policy': "script-src 'nonce-mine'",
    'x-middleware-subrequest': 'middleware',
    'x-middleware-rewrite': '/en',
    'x-invoke-path': '/en',
    'x-matched-path': '/en',
    'x-nextjs-data': '1',
    'x-prerender-revalidate': 'guess',
    'x-now-route-matches': '1=en',
    'x-page-store': 'keep',
    'x-http-method-override': 'DELETE',
    host: 'elsewhere.example',
    'x-forwarded-host': 'elsewhere.example',
  })) {
    const answer = await site.ask(note, { headers: { [name]: value } });
    expect([answer.status, answer.text === plain.text], name).toEqual([200, true]);
    const never = await site.ask('/workshop/never', { headers: { [name]: value } });
    expect([never.status, never.text.includes('mine'), never.text.includes('elsewhere.example')], name).toEqual([
      404,
      false,
      false,
    ]);
  }
  const home = await site.ask('/', { headers: { 'x-trastienda-language': 'es', 'accept-language': 'en' } });
  expect(home.text).toContain('<html lang="en"');
});

test('what is internal does not exist outside', async ({ site }) => {
  const body = JSON.stringify({ tags: ['site'] });
  for (const path of [
    '/api/internal/invalidate',
    '/api/internal',
    '/api/internal/x',
    '/api/%69nternal/invalidate',
    '/api//internal/invalidate',
  ]) {
    for (const method of ['GET', 'POST']) {
      const headers = { 'content-type': 'application/json', 'x-internal-secret': 'x'.repeat(43) };
      const first = await site.ask(path, method === 'POST' ? { method, body, headers } : { headers });
      const answer = first.status === 308 ? await site.ask(first.headers.location ?? '', { method, headers }) : first;
      expect(answer.status, `${method} ${path}`).toBe(404);
    }
  }
});
