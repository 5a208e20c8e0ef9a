/** How to read single fields of an answer that may hold null, nothing, or a number where a text is documented. */

/** Trimmed text; '' for nothing, for "-", and for anything that is neither text nor number. */
export const text = (value: unknown): string => {
  const trimmed = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  return trimmed === '-' ? '' : trimmed;
};

/** A whole number of things given as text or number; null for nothing and for anything else. */
export const count = (value: unknown): number | null => {
  const digits = text(value);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
};
