import type { SpanKind } from '../observe/trace';
import { formatNumber } from './format';
import type { InterfaceLanguage, Mode } from './words';

const es = {
  link: 'Rayos X: qué hizo el servidor para darte esta página',
  title: (method: string, path: string) => `${method} ${path}`,
  heading: 'Rayos X',
  lead: 'Lo que el servidor vio y hizo para contestar a esta petición. Nada de esto se inventa después: se anotó mientras ocurría.',
  probe:
    'Esta petición la hizo el propio servidor hace un momento, con tus mismas cabeceras, para poder enseñártela: la página es igual para todo el mundo y la tuya ya se había ido.',
  own: 'Esta es la petición que hizo tu navegador.',
  learn: 'La lección',
  none: 'Nada.',
  hidden: 'no se anota',
  ms: (n: number) => `${formatNumber(Number(n.toFixed(n < 10 ? 2 : 1)), 'es')} ms`,
  bytes: (n: number) => `${formatNumber(n, 'es')} B`,
  seconds: (n: number) => `${formatNumber(Math.round(n), 'es')} s`,
  summary: {
    status: 'Estado',
    time: 'Tiempo',
    head: 'Primer byte',
    bytes: 'Bytes enviados',
    queries: 'Consultas',
    mode: 'Modo',
  },
  why: {
    static: 'Salió de lo guardado: nadie preguntó nada a la base de datos.',
    revalidated: 'Salió de lo guardado por un rato.',
    partial: 'Una parte estaba hecha; el resto se hizo en esta petición.',
    streamed: 'El marco estaba hecho; las partes se hicieron en esta petición.',
    dynamic: 'Se hizo entera en esta petición, para quien la pidió.',
  } satisfies Record<Mode, string>,
  rendered: 'Se hizo ahora y se guardó: las siguientes visitas no harán este trabajo.',
  noPage: 'No es una página: la respuesta salió del servidor sin plantilla.',
  timeline: {
    title: 'Línea de tiempo',
    table: 'Como tabla',
    lead: 'Cada barra es un trabajo: dónde empieza, cuánto dura y dentro de cuál ocurre.',
    picture: (n: number) => `${n} trabajos a lo largo de la respuesta; la tabla de debajo tiene los mismos.`,
    omitted: (n: number) => `Hubo ${n} más que no se anotaron.`,
  },
  kinds: {
    request: 'petición',
    next: 'Next',
    query: 'consulta',
    session: 'sesión',
    access: 'acceso',
    cache: 'caché',
    form: 'formulario',
    file: 'archivo',
    publishing: 'publicación',
    page: 'página',
  } satisfies Record<SpanKind, string>,
  request: {
    title: 'La petición',
    lead: 'Lo que mandó el navegador: un método, una dirección, unos parámetros y unas cabeceras. De lo que puede abrir algo solo queda el nombre.',
    parameters: 'Parámetros',
    headers: 'Cabeceras',
  },
  route: {
    title: 'La ruta',
    lead: 'Qué archivo del programa contesta a esa dirección.',
    route: 'Ruta',
    file: 'Archivo',
    kept: 'Ninguna: se copiaron bytes guardados.',
  },
  session: {
    title: 'La sesión',
    lead: 'Quién pide, según la fila de su sesión. Nunca el testigo que la abre.',
    anonymous: 'Sin sesión.',
    cookie: 'Traía la galleta de una sesión, y no se miró para contestar.',
    invalid: 'Traía la galleta de una sesión que ya no vale.',
    role: 'Papel',
    groups: 'Grupos',
    twoFactor: 'Segundo factor',
  },
  access: {
    title: 'Decisiones de acceso',
    lead: 'Qué se preguntó sobre lo que puedes ver o hacer, y qué se respondió.',
    notes: 'notas que se miran',
    files: 'archivos que se miran',
    yes: 'sí',
    no: 'no',
  },
  queries: {
    title: 'Las consultas',
    lead: (n: number) =>
      `${formatNumber(n, 'es')} en total, en el orden en que salieron. Los valores ($1, $2…) viajan aparte del texto: por eso nadie puede colar una orden en ellos.`,
    rows: 'Filas',
    time: 'Tiempo',
    values: 'Valores',
    plan: 'Ver el plan',
    planTitle: 'El plan de PostgreSQL',
    old: 'Hace falta PostgreSQL 16 o posterior.',
  },
  cache: {
    title: 'La caché',
    lead: 'Lo que se tomó ya hecho y lo que se guardó, con las etiquetas que lo caducan.',
    read: 'tomado de la caché',
    miss: 'no estaba',
    write: 'guardado',
    age: 'de hace',
    tags: 'Etiquetas',
  },
  files: { title: 'Los archivos', lead: 'Qué se abrió, qué trozos y con qué llave.' },
  form: {
    title: 'El camino del formulario',
    lead: 'De la validación a la transacción y al aviso de lo que ha cambiado.',
    fields: 'Campos',
    wrong: 'Mal',
    announce: 'Se avisa de que cambia',
  },
  response: { title: 'La respuesta', lead: 'Estado, cabeceras y tamaño tal como salieron.', headers: 'Cabeceras' },
  rendering: {
    title: 'Cómo se hizo la página guardada',
    lead: (at: string) => `La hizo otra petición, el ${at}. Desde entonces se copia.`,
    gone: 'Esta página se hizo hace demasiado: ya no se recuerda cómo.',
  },
  recent: {
    title: 'Tus últimas peticiones',
    all: 'Las últimas peticiones de todo el mundo',
  },
  export: 'Exportar como JSON (OTLP)',
  settings: 'Decidir quién puede mirar, en los ajustes',
  nowhere:
    'Abre este enlace desde el pie de una página: el navegador dice desde cuál. Si no lo dice, entra con tu cuenta y elige una de tus últimas peticiones.',
  wait: (seconds: number) => `Has mirado muchas seguidas. Prueba dentro de ${seconds} segundos.`,
};

export type XrayWords = typeof es;

const en: XrayWords = {
  link: 'X-ray: what the server did to give you this page',
  title: (method, path) => `${method} ${path}`,
  heading: 'X-ray',
  lead: 'What the server saw and did to answer this request. None of it is made up afterwards: it was noted while it happened.',
  probe:
    'The server made this request itself a moment ago, with your very headers, to be able to show it to you: the page is the same for everyone, and yours had already left.',
  own: 'This is the request your browser made.',
  learn: 'The lesson',
  none: 'Nothing.',
  hidden: 'not written down',
  ms: (n) => `${formatNumber(Number(n.toFixed(n < 10 ? 2 : 1)), 'en')} ms`,
  bytes: (n) => `${formatNumber(n, 'en')} B`,
  seconds: (n) => `${formatNumber(Math.round(n), 'en')} s`,
  summary: {
    status: 'Status',
    time: 'Time',
    head: 'First byte',
    bytes: 'Bytes sent',
    queries: 'Queries',
    mode: 'Mode',
  },
  why: {
    static: 'It came from what is kept: nobody asked the database anything.',
    revalidated: 'It came from what is kept for a while.',
    partial: 'One part was made already; the rest was made in this request.',
    streamed: 'The frame was made already; the parts were made in this request.',
    dynamic: 'It was made whole in this request, for whoever asked.',
  },
  rendered: 'It was made now, and kept: the next visits will not take this work.',
  noPage: 'It is no page: the answer left the server without a template.',
  timeline: {
    title: 'Timeline',
    table: 'As a table',
    lead: 'Each bar is a piece of work: where it begins, how long it takes and within which other.',
    picture: (n) => `${n} pieces of work along the answer; the table below has the same.`,
    omitted: (n) => `There were ${n} more that were not noted.`,
  },
  kinds: {
    request: 'request',
    next: 'Next',
    query: 'query',
    session: 'session',
    access: 'access',
    cache: 'cache',
    form: 'form',
    file: 'file',
    publishing: 'publishing',
    page: 'page',
  },
  request: {
    title: 'The request',
    lead: 'What the browser sent: a method, an address, parameters and headers. Of whatever may open something, only the name is left.',
    parameters: 'Parameters',
    headers: 'Headers',
  },
  route: {
    title: 'The route',
    lead: 'Which file of the program answers that address.',
    route: 'Route',
    file: 'File',
    kept: 'None: kept bytes were copied.',
  },
  session: {
    title: 'The session',
    lead: 'Who asks, by the row of their session. Never the token that opens it.',
    anonymous: 'No session.',
    cookie: 'It carried a session’s cookie, which was not looked at to answer.',
    invalid: 'It carried the cookie of a session that is no longer good.',
    role: 'Role',
    groups: 'Groups',
    twoFactor: 'Second factor',
  },
  access: {
    title: 'Access decisions',
    lead: 'What was asked about what you may see or do, and what was answered.',
    notes: 'notes that are looked at',
    files: 'files that are looked at',
    yes: 'yes',
    no: 'no',
  },
  queries: {
    title: 'The queries',
    lead: (n) =>
      `${formatNumber(n, 'en')} in all, in the order they left. The values ($1, $2…) travel apart from the text: that is why nobody can smuggle an order in them.`,
    rows: 'Rows',
    time: 'Time',
    values: 'Values',
    plan: 'See the plan',
    planTitle: 'PostgreSQL’s plan',
    old: 'It takes PostgreSQL 16 or later.',
  },
  cache: {
    title: 'The cache',
    lead: 'What was taken ready-made and what was kept, with the tags that expire it.',
    read: 'taken from the cache',
    miss: 'was not there',
    write: 'kept',
    age: 'age',
    tags: 'Tags',
  },
  files: { title: 'The files', lead: 'What was opened, which pieces and with which key.' },
  form: {
    title: 'The form’s path',
    lead: 'From validation to the transaction and to the notice of what changed.',
    fields: 'Fields',
    wrong: 'Wrong',
    announce: 'Notice of change',
  },
  response: { title: 'The response', lead: 'Status, headers and size as they left.', headers: 'Headers' },
  rendering: {
    title: 'How the kept page was made',
    lead: (at) => `Another request made it, on ${at}. Since then it is copied.`,
    gone: 'This page was made too long ago: how is no longer remembered.',
  },
  recent: { title: 'Your latest requests', all: 'Everybody’s latest requests' },
  export: 'Export as JSON (OTLP)',
  settings: 'Decide who may look, in the settings',
  nowhere:
    'Follow this link from the foot of a page: the browser says which. If it does not, sign in and choose one of your latest requests.',
  wait: (seconds) => `You have looked at many in a row. Try again in ${seconds} seconds.`,
};

const TABLE: Record<InterfaceLanguage, XrayWords> = { en, es };

export const xrayWords = (language: InterfaceLanguage): XrayWords => TABLE[language];

/** The lesson of the bundled course that explains each part. */
const LESSONS = {
  request: ['1-The-request/Request-and-response', '1-La-petición/Petición-y-respuesta'],
  response: ['1-The-request/Status-codes-and-wrong-input', '1-La-petición/Códigos-de-estado-y-entradas-incorrectas'],
  route: ['2-The-data/From-data-to-HTML', '2-Los-datos/Del-dato-al-HTML'],
  queries: ['2-The-data/Reading-from-the-database', '2-Los-datos/Leer-de-la-base-de-datos'],
  form: ['2-The-data/Writing-to-the-database', '2-Los-datos/Escribir-en-la-base-de-datos'],
  cache: ['3-Delivery/Rendering-modes', '3-La-entrega/Modos-de-renderizado'],
  timeline: ['5-The-craft/Efficiency', '5-El-oficio/Eficiencia'],
  rendering: ['3-Delivery/Static-sites', '3-La-entrega/Sitios-estáticos'],
  session: ['4-People-and-keys/Sessions-and-state', '4-Las-personas-y-las-llaves/Sesiones-y-estado'],
  access: ['4-People-and-keys/Access-control', '4-Las-personas-y-las-llaves/Control-de-acceso'],
  files: ['5-The-craft/File-downloads', '5-El-oficio/Descargas-de-archivos'],
} as const;

export type Part = keyof typeof LESSONS;

/** Its address, in the reader's language. */
export function lessonHref(part: Part, language: InterfaceLanguage): string {
  const [english, spanish] = LESSONS[part];
  return encodeURI(language === 'es' ? `/es/${spanish}` : `/en/${english}`);
}
