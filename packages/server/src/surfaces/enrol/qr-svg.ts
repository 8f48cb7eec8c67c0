import { renderSVG } from 'uqr';

/** The QR code of an otpauth address as svg; dark on white whatever the page's colours, since cameras want contrast. */
export const qrSvg = (text: string): string => renderSVG(text, { ecc: 'M', border: 3, pixelSize: 6 });
