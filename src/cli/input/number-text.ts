// A number as a person sees it in a cell: without an exponent, and without the digits that a double has too many.

/** As spreadsheets show it: 15 digits. 89141234567 and 8.9141234567E10 are one phone. */
export const numberText = (value: number): string => {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value)) return BigInt(value).toString()
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? value.toFixed(15).replace(/\.?0+$/, '') : text
}
