import { CALLOUT_TYPES } from './callouts';

const es = {
  missingEmbed: 'Contenido no disponible',
  cutEmbed: 'Inclusión cortada para no repetirse sin fin:',
  download: 'Descargar',
  page: 'página',
  diagram: 'Diagrama',
  diagramSource: 'Código del diagrama',
  footnotes: 'Notas al pie',
  backToReference: 'Volver a la llamada',
  taskOpen: 'Pendiente',
  taskDone: 'Hecha',
  taskMarked: 'Tarea marcada con',
  'unsupported-dataview': 'Consulta de Dataview: aquí se muestra su código',
  'unsupported-dataviewjs': 'Código de Dataview: aquí se muestra y nunca se ejecuta',
  'unsupported-base': 'Base de Obsidian: aquí se muestra su código',
  'unsupported-canvas': 'Lienzo de Obsidian: todavía no se muestra aquí',
  'unsupported-query': 'Búsqueda de Obsidian: aquí se muestra su código',
  'unsupported-tasks': 'Consulta de Tasks: aquí se muestra su código',
  'unsupported-kanban': 'Tablero Kanban: aquí se muestra su código',
  'unsupported-excalidraw': 'Dibujo de Excalidraw: no se muestra aquí',
  'unsupported-templater': 'Plantilla de Templater: aquí se muestra su código',
  'unsupported-admonition': 'Bloque de Admonition: aquí se muestra su texto',
  'unsupported-mermaid': 'Diagrama que aún no se dibuja: aquí se muestra su código',
};

export type Words = Record<keyof typeof es | CalloutWord, string>;

type CalloutWord = `callout-${keyof typeof CALLOUTS_ES}`;

const CALLOUTS_ES = {
  note: 'Nota',
  abstract: 'Resumen',
  summary: 'Resumen',
  tldr: 'En pocas palabras',
  info: 'Información',
  todo: 'Por hacer',
  tip: 'Consejo',
  hint: 'Pista',
  important: 'Importante',
  success: 'Logrado',
  check: 'Comprobado',
  done: 'Hecho',
  question: 'Pregunta',
  help: 'Ayuda',
  faq: 'Preguntas frecuentes',
  warning: 'Aviso',
  caution: 'Precaución',
  attention: 'Atención',
  failure: 'Fallo',
  fail: 'Fallo',
  missing: 'Falta',
  danger: 'Peligro',
  error: 'Error',
  bug: 'Error de programa',
  example: 'Ejemplo',
  quote: 'Cita',
  cite: 'Cita',
};

const en: Record<keyof typeof es, string> = {
  missingEmbed: 'Content not available',
  cutEmbed: 'Embed cut so that it does not repeat without end:',
  download: 'Download',
  page: 'page',
  diagram: 'Diagram',
  diagramSource: 'Source of the diagram',
  footnotes: 'Footnotes',
  backToReference: 'Back to reference',
  taskOpen: 'To do',
  taskDone: 'Done',
  taskMarked: 'Task marked',
  'unsupported-dataview': 'Dataview query: its source is shown here',
  'unsupported-dataviewjs': 'Dataview script: shown here and never run',
  'unsupported-base': 'Obsidian base: its source is shown here',
  'unsupported-canvas': 'Obsidian canvas: not shown here yet',
  'unsupported-query': 'Obsidian search: its source is shown here',
  'unsupported-tasks': 'Tasks query: its source is shown here',
  'unsupported-kanban': 'Kanban board: its source is shown here',
  'unsupported-excalidraw': 'Excalidraw drawing: not shown here',
  'unsupported-templater': 'Templater template: its source is shown here',
  'unsupported-admonition': 'Admonition block: its text is shown here',
  'unsupported-mermaid': 'Diagram that cannot be drawn yet: its source is shown here',
};

const CALLOUTS_EN: Partial<typeof CALLOUTS_ES> = { tldr: 'TL;DR', todo: 'To do', faq: 'FAQ' };

/** The words that notes need in the language of the interface. */
export const NOTE_WORDS: Record<'es' | 'en', Words> = {
  es: withCallouts(es, CALLOUTS_ES),
  en: withCallouts(en, CALLOUTS_EN),
};

/** A callout type without a word of its own is called by its name, as Obsidian does. */
function withCallouts(words: Record<keyof typeof es, string>, names: Partial<typeof CALLOUTS_ES>): Words {
  const all = Object.keys(CALLOUT_TYPES).map((name) => [
    `callout-${name}`,
    name.charAt(0).toUpperCase() + name.slice(1),
  ]);
  const own = Object.entries(names).map(([name, word]) => [`callout-${name}`, word]);
  return { ...words, ...Object.fromEntries(all), ...Object.fromEntries(own) };
}
