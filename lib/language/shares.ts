import type { InterfaceLanguage } from './words';

const en = {
  title: 'Shared with you',
  file: 'A file was shared with you',
  note: 'A note was shared with you',
  until: (when: string) => `Until ${when}`,
  left: (count: number) => (count === 1 ? 'It can be opened once more.' : `It can be opened ${count} more times.`),
  password: 'Password',
  download: 'Download',
  read: 'Read',
  wrong: 'That is not the password.',
  wait: (seconds: number) => `Too many tries. Try again in ${seconds} seconds.`,
  again: 'The download goes on if it is cut, for a day.',
  gone: 'This link is no longer open',
  revoked: 'Whoever shared it has closed it.',
  expired: 'Its time is over.',
  exhausted: 'It was opened as often as it may be.',
  ask: 'Ask whoever gave it to you for another.',
};

const es: typeof en = {
  title: 'Compartido contigo',
  file: 'Te han compartido un archivo',
  note: 'Te han compartido una nota',
  until: (when) => `Hasta el ${when}`,
  left: (count) => (count === 1 ? 'Se puede abrir una vez más.' : `Se puede abrir ${count} veces más.`),
  password: 'Contraseña',
  download: 'Descargar',
  read: 'Leer',
  wrong: 'Esa no es la contraseña.',
  wait: (seconds) => `Demasiados intentos. Prueba de nuevo dentro de ${seconds} segundos.`,
  again: 'Si la descarga se corta, puede seguir durante un día.',
  gone: 'Este enlace ya no está abierto',
  revoked: 'Quien lo compartió lo ha cerrado.',
  expired: 'Se le ha acabado el tiempo.',
  exhausted: 'Se ha abierto tantas veces como se podía.',
  ask: 'Pídele otro a quien te lo dio.',
};

export type ShareWords = typeof en;
export const shareWords = (language: InterfaceLanguage): ShareWords => (language === 'es' ? es : en);
