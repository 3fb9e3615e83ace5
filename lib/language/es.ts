import { formatNumber } from './format';
import type { Words } from './words';

const count = (n: number, one: string, many: string) => `${formatNumber(n, 'es')} ${n === 1 ? one : many}`;

export const es: Words = {
  language: 'es',
  skip: 'Saltar al texto',
  home: 'Trastienda: todas las bóvedas',
  menu: {
    notes: 'Notas',
    outline: 'En esta página',
    close: 'Cerrar',
    tags: 'Etiquetas',
    graph: 'Grafo',
    feed: 'Novedades',
    allNotes: 'Todas las notas',
  },
  theme: { label: 'Colores', system: 'como el dispositivo', light: 'claros', dark: 'oscuros' },
  copy: { label: 'Copiar', done: 'Copiado' },
  note: {
    outline: 'En esta página',
    backlinks: 'Enlazada desde',
    noBacklinks: 'Ninguna otra nota enlaza aquí todavía.',
    more: (n) => `${formatNumber(n, 'es')} más`,
    properties: 'Propiedades',
    tags: 'Etiquetas',
    previous: 'Anterior',
    next: 'Siguiente',
    neighbours: 'Nota anterior y siguiente',
    translations: 'Otros idiomas',
    readIn: (language) => `Leer en ${language}`,
    created: 'Escrita',
    updated: 'Revisada',
    yes: 'sí',
    no: 'no',
  },
  tree: { label: 'Notas de esta bóveda', notesIn: (n) => count(n, 'nota', 'notas') },
  made: {
    label: 'Cómo se hizo esta página',
    why: 'El escaparate',
    static: (revision) =>
      `Preparada una sola vez, a partir de la revisión ${revision} de la nota, y guardada. Todo el mundo recibe estos mismos bytes: al servirlos no se consulta la base de datos.`,
    list: 'Preparada una sola vez, a partir de las notas publicadas, y guardada. Todo el mundo recibe estos mismos bytes: al servirlos no se consulta la base de datos.',
    dynamic: (revision, person) =>
      `Hecha para esta visita, a partir de la revisión ${revision} de la nota${person ? ' y de lo que puedes ver' : ''}: el servidor ha comprobado tu sesión y ha consultado la base de datos. Nadie más recibe estos bytes y nada los guarda.`,
    listNow: (person) =>
      `Hecha para esta visita${person ? ' a partir de lo que puedes ver' : ''}: el servidor ha comprobado tu sesión y ha consultado la base de datos. Nadie más recibe estos bytes y nada los guarda.`,
    at: (when) => `Hecha el ${when}.`,
    published: (when) => `Nota publicada el ${when}.`,
  },
  mode: {
    static: 'Estática',
    revalidated: 'Revalidada',
    partial: 'Parcial',
    streamed: 'Por partes',
    dynamic: 'Dinámica',
  },
  vault: {
    contents: 'Contenido',
    notes: (n) => count(n, 'nota', 'notas'),
    published: (when) => `publicada el ${when}`,
    folders: 'Carpetas',
    empty: 'Aquí todavía no hay nada.',
  },
  tags: {
    title: 'Etiquetas',
    lead: (n) => `${count(n, 'etiqueta recorre', 'etiquetas recorren')} esta bóveda.`,
    none: 'Ninguna nota de esta bóveda tiene etiquetas todavía. Escribe #una-palabra en una nota y aparecerá aquí.',
    one: (tag) => `Notas con la etiqueta #${tag}`,
    narrower: 'Etiquetas más precisas',
    all: 'Todas las etiquetas',
  },
  folder: { label: 'Carpeta', empty: 'En esta carpeta no hay notas sueltas; mira en sus carpetas.', up: 'Subir' },
  graph: {
    title: 'Grafo',
    lead: 'Cada punto es una nota y cada línea un enlace. Cuanto mayor es el punto, más notas llevan a él.',
    picture: (notes, links) =>
      `Dibujo de ${count(notes, 'nota', 'notas')} unidas por ${count(links, 'enlace', 'enlaces')}; la lista tiene las mismas notas.`,
    list: 'Las notas, primero las más enlazadas',
    links: (n) => count(n, 'enlace', 'enlaces'),
    omitted: (n) =>
      `${count(n, 'nota con menos enlaces no está dibujada', 'notas con menos enlaces no están dibujadas')}.`,
    empty: 'Todavía no hay nada que dibujar.',
  },
  site: {
    title: 'Trastienda: notas con escaparate y trastienda',
    description:
      'Una carpeta de notas en Markdown hecha sitio web: lo público, en páginas estáticas; detrás, un backend de verdad.',
    heading: ['Notas con escaparate.', 'Y con trastienda.'],
    lines: [
      'Trastienda publica una carpeta de notas en Markdown como sitio web.',
      'Lo público está en el escaparate: hecho una vez, igual para todos, al instante.',
      'Lo demás se queda en la trastienda, detrás de una única regla.',
    ],
    vaults: 'En el escaparate',
    emptyTitle: 'El escaparate está vacío',
    emptyText:
      'Ninguna bóveda tiene todavía una nota pública. Para publicar una carpeta de notas, para el servidor y arráncalo con la carpeta:',
    emptyAfter: 'O escribe «access: public» en el trastienda.yaml de la carpeta y arranca otra vez.',
    language: 'Idioma',
    made: 'Preparada una sola vez, a partir de la lista de bóvedas, y guardada. Quien lee en español recibe estos mismos bytes: al servirlos no se consulta la base de datos.',
  },
  unavailable: {
    title: 'Cerrado un momento',
    heading: 'La trastienda no responde',
    text: 'Esta página aún no está en el escaparate y, para prepararla, hace falta la base de datos, que ahora mismo no responde. Las páginas ya preparadas se leen como siempre.',
    again: 'La página lo intenta de nuevo sola dentro de unos segundos.',
    onPurpose: (seconds) =>
      `La han apartado a propósito, para ver qué páginas aguantan sin ella, y vuelve dentro de ${seconds} ${seconds === 1 ? 'segundo' : 'segundos'}. La página lo intenta de nuevo sola.`,
  },
  locked: {
    title: 'Cerrado con llave por ahora',
    heading: 'La llave de esto no está a mano',
    text: 'Lo que pides está cifrado y el sitio no tiene la llave que lo abre. No se ha perdido nada: a quien lleva el sitio se le dice qué llave ha de traer. Todo lo demás se lee como siempre.',
    again: 'La página lo intenta de nuevo sola dentro de un minuto.',
  },
  missing: {
    title: 'No hay nada en esta dirección',
    heading: 'No hay nada en esta dirección',
    reasons: 'Puede ser una de estas cosas; no podemos decir cuál.',
    misspelt: 'La dirección tiene una errata.',
    moved: 'La página se ha movido o se ha retirado.',
    notPublic: 'La página existe, pero no es para todo el mundo.',
    home: 'Ir al escaparate',
    signIn: 'Entrar y volver a mirar',
  },
};
