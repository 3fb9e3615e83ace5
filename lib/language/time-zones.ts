import type { InterfaceLanguage } from './words';

/** A city for each clock people live by, and its Spanish name where that is another. */
const CITIES: [string, string, string?][] = [
  ['Pacific/Honolulu', 'Honolulu'],
  ['America/Anchorage', 'Anchorage'],
  ['America/Los_Angeles', 'Los Angeles', 'Los Ángeles'],
  ['America/Tijuana', 'Tijuana'],
  ['America/Denver', 'Denver'],
  ['America/Phoenix', 'Phoenix'],
  ['America/Chicago', 'Chicago'],
  ['America/Mexico_City', 'Mexico City', 'Ciudad de México'],
  ['America/Guatemala', 'Guatemala'],
  ['America/Costa_Rica', 'San José'],
  ['America/Bogota', 'Bogotá'],
  ['America/Lima', 'Lima'],
  ['America/Panama', 'Panama', 'Panamá'],
  ['America/New_York', 'New York', 'Nueva York'],
  ['America/Havana', 'Havana', 'La Habana'],
  ['America/Caracas', 'Caracas'],
  ['America/La_Paz', 'La Paz'],
  ['America/Santiago', 'Santiago', 'Santiago de Chile'],
  ['America/Asuncion', 'Asunción'],
  ['America/Santo_Domingo', 'Santo Domingo'],
  ['America/Puerto_Rico', 'San Juan'],
  ['America/Halifax', 'Halifax'],
  ['America/St_Johns', "St John's", 'San Juan de Terranova'],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires'],
  ['America/Montevideo', 'Montevideo'],
  ['America/Sao_Paulo', 'São Paulo'],
  ['Atlantic/Azores', 'Azores'],
  ['Atlantic/Canary', 'Canary Islands', 'Canarias'],
  ['Atlantic/Reykjavik', 'Reykjavik', 'Reikiavik'],
  ['Europe/Lisbon', 'Lisbon', 'Lisboa'],
  ['Europe/Dublin', 'Dublin', 'Dublín'],
  ['Europe/London', 'London', 'Londres'],
  ['Africa/Casablanca', 'Casablanca'],
  ['Africa/Lagos', 'Lagos'],
  ['Africa/Malabo', 'Malabo'],
  ['Europe/Madrid', 'Madrid'],
  ['Europe/Paris', 'Paris', 'París'],
  ['Europe/Brussels', 'Brussels', 'Bruselas'],
  ['Europe/Amsterdam', 'Amsterdam', 'Ámsterdam'],
  ['Europe/Berlin', 'Berlin', 'Berlín'],
  ['Europe/Rome', 'Rome', 'Roma'],
  ['Europe/Zurich', 'Zurich', 'Zúrich'],
  ['Europe/Vienna', 'Vienna', 'Viena'],
  ['Europe/Prague', 'Prague', 'Praga'],
  ['Europe/Warsaw', 'Warsaw', 'Varsovia'],
  ['Europe/Stockholm', 'Stockholm', 'Estocolmo'],
  ['Europe/Athens', 'Athens', 'Atenas'],
  ['Europe/Bucharest', 'Bucharest', 'Bucarest'],
  ['Europe/Helsinki', 'Helsinki'],
  ['Europe/Kyiv', 'Kyiv', 'Kiev'],
  ['Africa/Cairo', 'Cairo', 'El Cairo'],
  ['Africa/Johannesburg', 'Johannesburg', 'Johannesburgo'],
  ['Asia/Jerusalem', 'Jerusalem', 'Jerusalén'],
  ['Europe/Istanbul', 'Istanbul', 'Estambul'],
  ['Europe/Moscow', 'Moscow', 'Moscú'],
  ['Africa/Nairobi', 'Nairobi'],
  ['Asia/Dubai', 'Dubai', 'Dubái'],
  ['Asia/Tehran', 'Tehran', 'Teherán'],
  ['Asia/Karachi', 'Karachi'],
  ['Asia/Kolkata', 'Delhi, Kolkata', 'Delhi, Calcuta'],
  ['Asia/Dhaka', 'Dhaka', 'Daca'],
  ['Asia/Bangkok', 'Bangkok'],
  ['Asia/Jakarta', 'Jakarta', 'Yakarta'],
  ['Asia/Shanghai', 'Beijing, Shanghai', 'Pekín, Shanghái'],
  ['Asia/Hong_Kong', 'Hong Kong'],
  ['Asia/Manila', 'Manila'],
  ['Asia/Singapore', 'Singapore', 'Singapur'],
  ['Australia/Perth', 'Perth'],
  ['Asia/Seoul', 'Seoul', 'Seúl'],
  ['Asia/Tokyo', 'Tokyo', 'Tokio'],
  ['Australia/Adelaide', 'Adelaide', 'Adelaida'],
  ['Australia/Sydney', 'Sydney', 'Sídney'],
  ['Pacific/Auckland', 'Auckland'],
  ['UTC', 'UTC'],
];

/** Whether a name is a time zone that this computer knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Z]/.test(name);
  } catch {
    return false;
  }
}

/**
 * The clocks to choose from, from west to east at the moment `at`, each with its distance from UTC; `chosen` is among
 * them even when it is none of these cities'.
 */
export function timeZones(
  language: InterfaceLanguage,
  chosen: string | null,
  at: Date,
): { value: string; label: string }[] {
  const listed = CITIES.map(([value, en, es]) => ({ value, city: language === 'es' ? (es ?? en) : en }));
  const own = chosen !== null && isTimeZone(chosen) && !listed.some(({ value }) => value === chosen);
  return [...listed, ...(own ? [{ value: chosen, city: chosen.replaceAll('_', ' ') }] : [])]
    .map(({ value, city }) => ({ value, city, minutes: minutesFromUtc(value, at) }))
    .sort((a, b) => a.minutes - b.minutes || a.city.localeCompare(b.city, language))
    .map(({ value, city, minutes }) => ({ value, label: `${city} (UTC${clock(minutes)})` }));
}

function minutesFromUtc(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const written = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(written) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function clock(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}
