import { formatNumber } from './format';
import type { InterfaceLanguage } from './words';

const es = {
  change: {
    title: '¿Y si algo cambia ahora?',
    lead: 'Hay una nota hecha para esto: cualquiera puede cambiarle una palabra. El servidor guarda el texto, lo compila y lo publica como el de cualquier otra nota. Cámbiala y mira qué modo la enseña y cuándo: a lo guardado se le avisa; lo revalidado espera a que se le pase el plazo y llegue una visita.',
    note: 'La nota:',
    says: (word: string) => `Ahora dice «${word}».`,
    none: 'Aquí no está la nota del curso que viene con el programa, así que no hay nada que puedas cambiar.',
    submit: 'Cambiar la palabra',
    look: 'Volver a mirar',
    written: (word: string) => `La nota dice ahora «${word}».`,
    shows: (word: string) => `enseña «${word}»`,
    nothing: 'no enseña ninguna',
    after: (seconds: number) => `a los ${formatNumber(seconds, 'es')} s`,
    atOnce: 'en el acto',
    old: 'todavía la vieja',
    busy: 'La bóveda se está importando. Prueba dentro de unos segundos.',
    often: (seconds: number) => `Ha cambiado varias veces en un minuto. Prueba dentro de ${seconds} segundos.`,
    gone: 'La nota ya no está, o no es para ti.',
  },
  outage: {
    title: '¿Y si la base de datos no contesta?',
    lead: (seconds: number) =>
      `Este interruptor es de verdad: corta las conexiones de este proceso con PostgreSQL y rechaza las nuevas durante ${seconds} segundos. Vuelve solo, y también si el servidor se reinicia. Mientras tanto el servidor se pide la nota a sí mismo en los cinco modos, como una visita sin sesión que llega después de otra.`,
    here: 'Solo lo ve quien es propietario, y solo en un sitio de pruebas: la dirección de este es la de tu propio ordenador, o lo dice REHEARSALS. Todo lo que necesite la base de datos falla para cualquiera mientras dura, y queda anotado en el registro.',
    elsewhere:
      'El interruptor que aparta la base de datos de verdad no está en este sitio: otros pueden estar leyendo. Aparece, para quien es propietario, donde SITE_URL es localhost o REHEARSALS=true. Esto se grabó en uno así:',
    submit: (seconds: number) => `Apartar la base de datos ${seconds} segundos`,
    begun: (seconds: number) =>
      `La base de datos se va dentro de un segundo y vuelve ${seconds} segundos después. Los números salen aquí cuando haya vuelto.`,
    without:
      'Esta página se recarga sola: mientras dure, verás lo que ve cualquiera cuando una página no se puede hacer.',
    coming: 'Primero se visitan las cinco páginas…',
    away: (seconds: number) => `La base de datos no contesta. Vuelve dentro de ${seconds} s.`,
    returning: 'Ha pasado el tiempo; las conexiones se están rehaciendo…',
    wrong: 'Con esos datos no se puede.',
    result: (at: string, seconds: number) => `Lo que pasó a las ${at} UTC, durante ${seconds} segundos`,
    of: 'La nota:',
    heads: {
      mode: 'Modo',
      status: 'Estado',
      text: 'Texto',
      firstByte: 'Primer byte',
      complete: 'Completa',
      times: 'Veces',
    },
    came: 'llegó entero',
    never: 'no llegó',
    no: 'ninguno',
    back: (time: string) => `Pasado el tiempo, la base de datos volvió a contestar en ${time}.`,
    lost: 'Veinte segundos después de pasado el tiempo, la base de datos todavía no contestaba.',
    said: {
      whole: 'En pie: todo su texto, sin base de datos.',
      part: 'A medias: el marco llegó, el texto no. Cuando se supo, el 200 ya había salido.',
      refused: 'Cae, y lo dice: el estado es 503.',
      none: 'No contestó.',
    },
  },
};

export type WhatIfWords = typeof es;

const en: WhatIfWords = {
  change: {
    title: 'What if something changes now?',
    lead: 'One note is made for this: anybody may change a word of it. The server keeps the text, compiles it and publishes it like that of any other note. Change it and see which mode shows it and when: what is kept is told; what is revalidated waits until its time is up and a visit comes.',
    note: 'The note:',
    says: (word) => `It now says “${word}”.`,
    none: 'The note of the course that comes with the program is not here, so there is nothing for you to change.',
    submit: 'Change the word',
    look: 'Look again',
    written: (word) => `The note now says “${word}”.`,
    shows: (word) => `shows “${word}”`,
    nothing: 'shows none',
    after: (seconds) => `after ${formatNumber(seconds, 'en')} s`,
    atOnce: 'at once',
    old: 'still the old one',
    busy: 'The vault is being imported. Try again in a few seconds.',
    often: (seconds) => `It has changed several times in a minute. Try again in ${seconds} seconds.`,
    gone: 'The note is no longer there, or not for you.',
  },
  outage: {
    title: 'What if the database does not answer?',
    lead: (seconds) =>
      `This switch is real: it cuts this process’s connections to PostgreSQL and has new ones refused for ${seconds} seconds. They come back by themselves, also when the server is started again. Meanwhile the server asks itself for the note in the five modes, as a visitor without a session who comes after another.`,
    here: 'Only an owner sees it, and only on a site for trying things: this one’s address is that of your own computer, or REHEARSALS says so. Whatever needs the database fails for anybody while it lasts, and it is noted in the log.',
    elsewhere:
      'The switch that really takes the database away is not on this site: others may be reading. It is there, for an owner, where SITE_URL is localhost or REHEARSALS=true. This was recorded on such a one:',
    submit: (seconds) => `Take the database away for ${seconds} seconds`,
    begun: (seconds) =>
      `The database goes away in a second and comes back ${seconds} seconds later. The numbers are here once it is back.`,
    without: 'This page reloads by itself: meanwhile you see what anybody sees when a page cannot be made.',
    coming: 'First the five pages are visited…',
    away: (seconds) => `The database does not answer. It comes back in ${seconds} s.`,
    returning: 'The time is up; the connections are being made again…',
    wrong: 'That cannot be done.',
    result: (at, seconds) => `What happened at ${at} UTC, for ${seconds} seconds`,
    of: 'The note:',
    heads: {
      mode: 'Mode',
      status: 'Status',
      text: 'Text',
      firstByte: 'First byte',
      complete: 'Complete',
      times: 'Times',
    },
    came: 'came whole',
    never: 'never came',
    no: 'none',
    back: (time) => `Once the time was up, the database answered again within ${time}.`,
    lost: 'Twenty seconds after the time was up, the database did not answer yet.',
    said: {
      whole: 'Stands: all of its text, without a database.',
      part: 'Half of it: the frame came, the text did not. When that was known, the 200 had left.',
      refused: 'Falls, and says so: the status is 503.',
      none: 'Did not answer.',
    },
  },
};

const TABLE: Record<InterfaceLanguage, WhatIfWords> = { en, es };

/** The words of the panels that change something for real. */
export const whatIfWords = (language: InterfaceLanguage): WhatIfWords => TABLE[language];
