/** What spreadsheets take for the beginning of a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[\s]*[=+\-@\t\r\n]/;

/**
 * One line of a CSV file (RFC 4180). A cell that a spreadsheet would compute gets an apostrophe before it, which shows it as
 * it is written.
 */
export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
