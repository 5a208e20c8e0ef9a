/** The digits that somebody means, however they are written: in full width, with spaces, with any dash. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replaceAll(/[\s\p{Pd}]/gu, '');
