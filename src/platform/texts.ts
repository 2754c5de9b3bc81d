/** The same value with every text in it as it is meant: the platform writes some as HTML. Few are, so what that takes is loaded then. */
export const decoded = async <T>(value: T): Promise<T> =>
  /&[#\w]+;/.test(JSON.stringify(value)) ? (await import('./entities.js')).decodeTexts(value) : value;
