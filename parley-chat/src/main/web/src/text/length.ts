/** The number of code points, which is how the server counts. */
export function lengthOf(text: string): number {
  return [...text].length;
}
