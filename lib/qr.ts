import { renderSVG } from 'uqr';

/** A QR code of a text as an SVG drawing, black on white in any theme: cameras need the contrast. */
export const qrCode = (text: string): string =>
  renderSVG(text, { ecc: 'M', border: 2, blackColor: '#000', whiteColor: '#fff' });
