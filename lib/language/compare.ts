import { formatNumber } from './format';
import type { InterfaceLanguage, Mode } from './words';

type ModeWords = {
  /** One sentence. */
  short: string;
  /** How it works. */
  how: string;
  /** When it fits. */
  fits: string;
  /** What it cannot. */
  not: string;
  /** What an outsider sees of it in the headers. */
  proof: string;
};

const es = {
  stamp: {
    label: 'Sello de esta página',
    page: 'La página:',
    body: 'El texto:',
    parts: 'Las partes:',
    forPerson: (name: string) => `Para ${name}:`,
    forAnybody: 'Para ti, sin sesión:',
    awaited: 'Esta parte está en camino…',
    compare: 'Comparar los cinco modos',
    note: 'La nota',
    process: (name: string) => `proceso ${name}`,
    queries: (n: number) => `${formatNumber(n, 'es')} ${n === 1 ? 'consulta' : 'consultas'}`,
    kept: {
      static: 'guardada hasta que cambie la nota',
      revalidated: 'guardada unos segundos',
      partial: 'el texto guardado, un hueco hecho ahora',
      streamed: 'el marco guardado, las partes hechas ahora',
      dynamic: 'hecha ahora, no se guarda',
    } satisfies Record<Mode, string>,
  },
  modes: {
    static: {
      short: 'Hecha una vez y guardada: todo el mundo recibe los mismos bytes hasta que la nota cambia.',
      how: 'La página se hace una vez, al publicar o con la primera visita, y se guarda terminada y comprimida. Servirla es copiar bytes: no se pregunta nada a la base de datos, y sigue en pie aunque esta caiga.',
      fits: 'Lo que es igual para todo el mundo y se lee más que se escribe: artículos, documentación, una tienda de escaparate.',
      not: 'No puede saber quién mira: con sesión o sin ella, los bytes son los mismos. Y alguien tiene que avisarla cuando cambia la nota.',
      proof: '`x-nextjs-cache: HIT`, `ETag`, y un 304 para quien ya la tiene',
    },
    revalidated: {
      short:
        'Hecha una vez y guardada unos segundos: pasado ese plazo, una visita la ve vieja por última vez mientras se rehace detrás.',
      how: 'Como la estática, pero nadie la avisa de los cambios del texto: caduca sola a los 15 segundos. La siguiente visita recibe todavía la vieja, al momento, y hace que se prepare otra para las que vengan.',
      fits: 'Lo que cambia a menudo sin que nadie pueda avisar, y puede llegar unos segundos tarde: portadas, listas, datos de otro servicio.',
      not: 'Puede enseñar algo viejo. Aquí, si una nota deja de ser pública se retira en el acto; solo el texto espera.',
      proof: '`x-nextjs-cache: HIT`, y `STALE` en la visita que llega pasado el plazo',
    },
    partial: {
      short: 'El texto hecho una vez y guardado; un hueco, hecho ahora para ti.',
      how: 'El servidor manda en el acto la parte guardada y, por la misma respuesta, lo que depende de quien mira: mira tu sesión, pregunta a la base de datos y rellena el hueco.',
      fits: 'Una página casi igual para todo el mundo con un rincón personal: tu nombre, tu carrito, tus avisos.',
      not: 'El hueco llega después y necesita que un guion lo ponga en su sitio. Lo que va delante del hueco ya ha salido cuando se sabe quién eres.',
      proof: '`x-nextjs-postponed: 1`, `no-store`, y dos tandas de bytes',
    },
    streamed: {
      short: 'El marco en el acto, y cada parte en cuanto está.',
      how: 'Sale primero un marco pequeño; el texto, el árbol y los enlaces entrantes preguntan cada uno lo suyo a la vez y salen por la misma respuesta según terminan.',
      fits: 'Páginas con partes lentas o muy distintas entre sí: paneles, resultados de búsqueda, informes.',
      not: 'Cuando sale el primer byte ya se ha dicho 200: un error posterior no puede cambiarlo. Y todo el trabajo se repite en cada visita.',
      proof: 'trozos separados en el tiempo, sin `ETag` ni longitud',
    },
    dynamic: {
      short: 'Hecha entera en esta visita, para quien la pide; nadie más recibe estos bytes y nada los guarda.',
      how: 'Primero se sabe quién pide; luego se pregunta a la base de datos lo que esa persona puede ver y se hace la página de principio a fin.',
      fits: 'Lo que depende de quién eres o tiene que ser de ahora mismo: tu cuenta, el taller, una nota solo para miembros.',
      not: 'Cada visita cuesta lo mismo que la primera, y sin base de datos no hay página.',
      proof: '`Cache-Control: private, no-store`, y un sello nuevo cada vez',
    },
  } satisfies Record<Mode, ModeWords>,
};

export type CompareWords = typeof es;

const en: CompareWords = {
  stamp: {
    label: 'This page’s stamp',
    page: 'The page:',
    body: 'The text:',
    parts: 'The parts:',
    forPerson: (name) => `For ${name}:`,
    forAnybody: 'For you, not signed in:',
    awaited: 'This part is on its way…',
    compare: 'Compare the five modes',
    note: 'The note',
    process: (name) => `process ${name}`,
    queries: (n) => `${formatNumber(n, 'en')} ${n === 1 ? 'query' : 'queries'}`,
    kept: {
      static: 'kept until the note changes',
      revalidated: 'kept for a few seconds',
      partial: 'the text kept, one hole made now',
      streamed: 'the frame kept, the parts made now',
      dynamic: 'made now, not kept',
    },
  },
  modes: {
    static: {
      short: 'Made once and kept: everyone receives the same bytes until the note changes.',
      how: 'The page is made once, when it is published or first visited, and kept finished and compressed. Serving it is copying bytes: the database is asked nothing, and the page stands even when the database is down.',
      fits: 'What is the same for everyone and read more than written: articles, documentation, a shop window.',
      not: 'It cannot know who is looking: signed in or not, the bytes are the same. And somebody has to tell it when the note changes.',
      proof: '`x-nextjs-cache: HIT`, an `ETag`, and a 304 for whoever has it already',
    },
    revalidated: {
      short:
        'Made once and kept for some seconds: after that, one visit sees it old for the last time while it is made anew behind.',
      how: 'Like the static one, but nobody tells it when the text changes: it runs out by itself after 15 seconds. The next visit still gets the old one, at once, and has another prepared for those that follow.',
      fits: 'What changes often without anyone to tell, and may come some seconds late: front pages, lists, another service’s data.',
      not: 'It may show something old. Here, a note that is no longer public is taken away at once; only its text waits.',
      proof: '`x-nextjs-cache: HIT`, and `STALE` on the visit that comes after the time is up',
    },
    partial: {
      short: 'The text made once and kept; one hole, made now for you.',
      how: 'The server sends the kept part at once and, in the same answer, what depends on who is looking: it looks at your session, asks the database and fills the hole.',
      fits: 'A page that is nearly the same for everyone with one personal corner: your name, your basket, your notices.',
      not: 'The hole comes later and needs a script to be put in its place. What stands before it has left by the time it is known who you are.',
      proof: '`x-nextjs-postponed: 1`, `no-store`, and two lots of bytes',
    },
    streamed: {
      short: 'The frame at once, and each part as soon as it is there.',
      how: 'A small frame leaves first; the text, the tree and the links that lead here each ask their own questions at the same time, and leave in the same answer as they finish.',
      fits: 'Pages with slow parts, or parts unlike each other: dashboards, search results, reports.',
      not: 'When the first byte leaves, 200 has been said: a later error cannot change it. And all the work is done again at each visit.',
      proof: 'chunks apart in time, without an `ETag` or a length',
    },
    dynamic: {
      short:
        'Made whole for this visit and whoever makes it; nobody else receives these bytes, and nothing keeps them.',
      how: 'First it is known who asks; then the database is asked what that person may see, and the page is made from beginning to end.',
      fits: 'What depends on who you are or must be of this very moment: your account, the studio, a note for members only.',
      not: 'Each visit costs as much as the first, and without the database there is no page.',
      proof: '`Cache-Control: private, no-store`, and a new stamp each time',
    },
  },
};

const TABLE: Record<InterfaceLanguage, CompareWords> = { en, es };

export const compareWords = (language: InterfaceLanguage): CompareWords => TABLE[language];
