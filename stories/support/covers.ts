// Files of this server: widgets take pictures from web addresses only, which rules out what a bundler would write inline.
export const covers = {
  riverside: new URL('./covers/riverside.svg?no-inline', import.meta.url).href,
  garden: new URL('./covers/garden.svg?no-inline', import.meta.url).href,
  square: new URL('./covers/square.svg?no-inline', import.meta.url).href,
  /** Not there. */
  lost: new URL('/covers/lost.svg', location.href).href,
};
