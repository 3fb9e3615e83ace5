import type { Heads } from '../compare/table';
import { formatNumber } from './format';
import type { InterfaceLanguage, Mode } from './words';

const es = {
  title: 'Cinco maneras de hacer una página',
  lead: 'La misma nota, con los mismos componentes, hecha de cinco maneras distintas por este mismo servidor. Ninguna está simulada: cada una es una dirección que puedes abrir, y su sello dice cuándo se hizo, en qué proceso y con cuántas consultas.',
  description: 'Una nota en cinco modos de hacer páginas, medidos desde tu navegador.',
  fits: 'Cuándo va bien',
  not: 'Qué no puede',
  proof: 'Cómo se ve desde fuera',
  timeline: {
    before: 'antes de la visita',
    visit: 'en la visita',
    lanes: ['Navegador', 'Servidor', 'Base de datos'],
    of: (mode: string) => `Quién trabaja y cuándo, en el modo ${mode.toLowerCase()}`,
    steps: {
      ask: 'pide',
      make: 'hace la página',
      query: 'consultas',
      keep: 'la guarda',
      copy: 'copia',
      show: 'se ve entera',
      showPart: 'se ve el texto',
      showFrame: 'se ve el marco',
      showRest: 'llega el resto',
      again: 'la rehace',
      hole: 'rellena el hueco',
      parts: 'cada parte',
    },
  },
  pick: {
    title: 'Elige una nota',
    lead: 'Ábrela en los cinco modos, mídelos y mira los sellos lado a lado. También lleva aquí el pie de cada nota.',
    closed: 'no es para todo el mundo',
    none: 'Todavía no hay ninguna nota pública que comparar.',
  },
  page: {
    title: (note: string) => `«${note}», de cinco maneras`,
    lead: 'Abre cada una, o mídelas todas: las peticiones salen de tu navegador, de una en una.',
    open: 'Ábrela en cada modo',
    closed:
      'Esta nota no es para todo el mundo. Solo el modo dinámico puede servirla, porque pregunta quién eres antes de hacer nada. Los otros cuatro guardan algo que es igual para todos: si la enseñaran a alguien, se la enseñarían a cualquiera. Por eso responden 404, también a ti.',
    personal:
      'Has entrado con tu cuenta. Mira los sellos: la parcial y la dinámica saben tu nombre y hacen sus consultas para ti; la estática y la revalidada te dan los mismos bytes que a quien no ha entrado, y ahí no pueden decir quién eres.',
    all: 'Qué son los cinco modos',
  },
  form: {
    browser: 'Medir desde mi navegador',
    server: 'Medir desde el servidor',
    serverHint:
      'Sin JavaScript, o para dejar fuera la red: el servidor se pide la nota a sí mismo, y sus tiempos no incluyen el camino hasta ti.',
    runs: 'Veces por modo',
    working: 'Midiendo…',
    stop: 'Parar',
    progress: (done: number, all: number, mode: string) => `${done} de ${all}: ${mode.toLowerCase()}`,
    wrong: 'Con esos datos no se puede medir.',
    wait: (seconds: number) => `Ya has medido varias veces. Prueba dentro de ${seconds} segundos.`,
    busy: 'Ahora mismo hay otra medición en marcha y se estorbarían. Prueba dentro de unos segundos.',
    stopped: 'Se paró antes de terminar; estos son los números hasta ahí.',
    failed: 'No se pudo terminar: el servidor no respondió.',
  },
  results: {
    title: 'Lo medido',
    from: { browser: 'desde tu navegador, con tu red', server: 'desde el propio servidor, sin red' },
    note: 'El primer intento de cada modo es en frío: el navegador no aprovecha nada que tuviera. Los demás preguntan si lo que tiene aún vale; quien puede contesta 304 y no manda el cuerpo. Las marcas son intentos; la caja, la mitad central; la línea gruesa, la mediana; el triángulo, el p95.',
    margin:
      'Con curl desde la misma máquina saldrán tiempos parecidos, con una diferencia de unos 2 ms o del 25 %, lo que sea mayor: cada programa pone en marcha el reloj en otro punto, y una máquina ocupada mueve los dos.',
    metrics: {
      firstByte: 'Primer byte',
      content: 'Texto de la nota',
      complete: 'Completa',
    },
    metricHints: {
      firstByte: 'desde que se pide hasta que llega algo',
      content: 'hasta que llega el texto y el navegador puede pintarlo',
      complete: 'hasta el último byte',
    },
    chart: (metric: string) => `${metric}: reparto de los intentos en cada modo, en milisegundos`,
    arrivals: 'Cómo fue llegando el primer intento',
    arrivalsHint:
      'Cada escalón es un trozo de la respuesta: una página guardada llega de golpe; la parcial y la de a trozos, por tandas.',
    table: 'Los números',
    copyMarkdown: 'Copiar como Markdown',
    copyCsv: 'Copiar como CSV',
    copied: 'Copiado',
    asText: 'Como texto para copiar',
    status: (status: number) => `respondió ${status}`,
    heads: {
      mode: 'Modo',
      runs: 'Intentos',
      firstByte: 'Primer byte',
      content: 'Texto',
      complete: 'Completa',
      p95: 'p95',
      spread: 'mitad central',
      bytesCold: 'Bytes en frío',
      bytesWarm: 'Bytes después',
      queries: 'Consultas',
    } satisfies Heads,
    bytes: (n: number) => `${formatNumber(Math.round(n), 'es')} B`,
  },
  stamps: {
    title: 'Los sellos, lado a lado',
    lead: 'Lo que cada respuesta dice de su propia hechura, en el mismo momento. Lo guardado tiene más edad; lo que se hace en la visita, ninguna.',
    age: (text: string) => `hace ${text}`,
    now: 'hecha en esta visita',
    proof: 'Cabeceras',
    none: 'sin sello',
    seconds: (n: number) => `${formatNumber(n, 'es')} s`,
    minutes: (n: number) => `${formatNumber(n, 'es')} min`,
    hours: (n: number) => `${formatNumber(n, 'es')} h`,
  },
};

export type MeasureWords = typeof es;

const en: MeasureWords = {
  title: 'Five ways to make a page',
  lead: 'The same note, with the same components, made in five different ways by this very server. None is simulated: each is an address you can open, and its stamp says when it was made, in which process and with how many queries.',
  description: 'One note in five ways of making pages, measured from your browser.',
  fits: 'When it fits',
  not: 'What it cannot do',
  proof: 'What it looks like from outside',
  timeline: {
    before: 'before the visit',
    visit: 'during the visit',
    lanes: ['Browser', 'Server', 'Database'],
    of: (mode) => `Who works and when, in ${mode.toLowerCase()} mode`,
    steps: {
      ask: 'asks',
      make: 'makes the page',
      query: 'queries',
      keep: 'keeps it',
      copy: 'copies',
      show: 'all of it shows',
      showPart: 'the text shows',
      showFrame: 'the frame shows',
      showRest: 'the rest arrives',
      again: 'makes it anew',
      hole: 'fills the hole',
      parts: 'each part',
    },
  },
  pick: {
    title: 'Pick a note',
    lead: 'Open it in the five modes, measure them and look at the stamps side by side. The foot of every note leads here too.',
    closed: 'not for everyone',
    none: 'There is no public note to compare yet.',
  },
  page: {
    title: (note) => `“${note}”, five ways`,
    lead: 'Open each one, or measure them all: the requests leave from your browser, one at a time.',
    open: 'Open it in each mode',
    closed:
      'This note is not for everyone. Only the dynamic mode can serve it, because it asks who you are before it does anything. The other four keep something that is the same for all: if they showed it to somebody, they would show it to anybody. So they answer 404, to you too.',
    personal:
      'You are signed in. Look at the stamps: the partial and the dynamic page know your name and make their queries for you; the static and the revalidated one give you the same bytes as a stranger, and cannot say who you are.',
    all: 'What the five modes are',
  },
  form: {
    browser: 'Measure from my browser',
    server: 'Measure from the server',
    serverHint:
      'Without JavaScript, or to leave the network out: the server asks itself for the note, and its times do not include the way to you.',
    runs: 'Times for each mode',
    working: 'Measuring…',
    stop: 'Stop',
    progress: (done, all, mode) => `${done} of ${all}: ${mode.toLowerCase()}`,
    wrong: 'That cannot be measured.',
    wait: (seconds) => `You have measured several times already. Try again in ${seconds} seconds.`,
    busy: 'Another measurement is running and they would disturb each other. Try again in a few seconds.',
    stopped: 'Stopped before the end; these are the numbers so far.',
    failed: 'It could not be finished: the server did not answer.',
  },
  results: {
    title: 'What was measured',
    from: { browser: 'from your browser, over your network', server: 'from the server itself, without a network' },
    note: 'The first run of each mode is cold: the browser uses nothing it had. The others ask whether what it has still holds; whoever can answers 304 and sends no body. Marks are runs; the box, the middle half; the thick line, the median; the triangle, the p95.',
    margin:
      'curl on the same machine will give similar times, within about 2 ms or 25 %, whichever is more: each program starts its clock at another point, and a busy machine moves both.',
    metrics: { firstByte: 'First byte', content: 'The note’s text', complete: 'Complete' },
    metricHints: {
      firstByte: 'from asking until something arrives',
      content: 'until the text arrives and the browser can paint it',
      complete: 'until the last byte',
    },
    chart: (metric) => `${metric}: how the runs of each mode spread, in milliseconds`,
    arrivals: 'How the first run arrived',
    arrivalsHint:
      'Each step is a piece of the answer: a kept page arrives at once; the partial and the streamed one, in lots.',
    table: 'The numbers',
    copyMarkdown: 'Copy as Markdown',
    copyCsv: 'Copy as CSV',
    copied: 'Copied',
    asText: 'As text to copy',
    status: (status) => `answered ${status}`,
    heads: {
      mode: 'Mode',
      runs: 'Runs',
      firstByte: 'First byte',
      content: 'Text',
      complete: 'Complete',
      p95: 'p95',
      spread: 'middle half',
      bytesCold: 'Bytes, cold',
      bytesWarm: 'Bytes, later',
      queries: 'Queries',
    },
    bytes: (n) => `${formatNumber(Math.round(n), 'en')} B`,
  },
  stamps: {
    title: 'The stamps, side by side',
    lead: 'What each answer says of its own making, at the same moment. What was kept has an age; what is made for the visit has none.',
    age: (text) => `${text} old`,
    now: 'made for this visit',
    proof: 'Headers',
    none: 'no stamp',
    seconds: (n) => `${formatNumber(n, 'en')} s`,
    minutes: (n) => `${formatNumber(n, 'en')} min`,
    hours: (n) => `${formatNumber(n, 'en')} h`,
  },
};

const TABLE: Record<InterfaceLanguage, MeasureWords> = { en, es };

export const measureWords = (language: InterfaceLanguage): MeasureWords => TABLE[language];

export type ModeNames = Record<Mode, string>;
