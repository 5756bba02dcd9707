/** Whether the last digit of a GTIN-8, -12, -13 or -14 is the check digit of the others (GS1 General Specifications: weights 3 and 1 from the right). */
export function gtinIsRight(gtin: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(gtin) && Number(gtin.at(-1)) === checkDigit(gtin.slice(0, -1));
}

export function checkDigit(digits: string): number {
  const weighted = [...digits].reverse().reduce((total, d, i) => total + Number(d) * (i % 2 === 0 ? 3 : 1), 0);
  return (10 - (weighted % 10)) % 10;
}

/** The 14-digit form that GS1 Digital Link paths carry. */
export const gtin14 = (gtin: string): string => gtin.padStart(14, '0');
