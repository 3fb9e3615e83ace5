import type { InterfaceLanguage } from './words';

const en = {
  title: 'Downloads',
  lead: 'What was taken, by whom and by which link.',
  own: 'Your downloads',
  ownLead: 'What you have taken from this site. Only you and those who manage its files see it.',
  none: 'Nothing was taken.',
  more: 'Earlier ones',
  csv: 'All of these as CSV',
  outcome: { running: 'Under way', finished: 'Finished', cut: 'Cut', refused: 'Refused' },
  anyOutcome: 'Any outcome',
  outcomeLabel: 'Outcome',
  from: 'From',
  to: 'Until',
  filter: 'Show',
  clear: 'Show all',
  of: (sent: string, size: string) => `${sent} of ${size}`,
  resumed: (requests: number) => `resumed, ${requests} requests`,
  nobody: 'a visitor',
  byLink: (remark: string) => (remark === '' ? 'by a link' : `by the link “${remark}”`),
};

const es: typeof en = {
  title: 'Descargas',
  lead: 'Qué se ha llevado quién, y con qué enlace.',
  own: 'Tus descargas',
  ownLead: 'Lo que te has llevado de este sitio. Solo lo ves tú, y quienes gestionan sus archivos.',
  none: 'No se ha descargado nada.',
  more: 'Las anteriores',
  csv: 'Todas estas en CSV',
  outcome: { running: 'En curso', finished: 'Completa', cut: 'Cortada', refused: 'Denegada' },
  anyOutcome: 'Cualquier resultado',
  outcomeLabel: 'Resultado',
  from: 'Desde',
  to: 'Hasta',
  filter: 'Mostrar',
  clear: 'Mostrar todas',
  of: (sent, size) => `${sent} de ${size}`,
  resumed: (requests) => `reanudada, ${requests} peticiones`,
  nobody: 'un visitante',
  byLink: (remark) => (remark === '' ? 'con un enlace' : `con el enlace «${remark}»`),
};

export const downloadWords = (language: InterfaceLanguage): typeof en => (language === 'es' ? es : en);
