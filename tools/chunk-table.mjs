import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src/', import.meta.url));

/** How the table names a module: by its path in `src/`, without the ending, or in its package. */
function nameOf(id) {
  if (id.startsWith(src)) return id.slice(src.length).replace(/\.ts$/, '');
  return /.*node_modules\/(.+)$/.exec(id)?.[1];
}

/**
 * Puts the modules of a build into chunks as a table says, and refuses a table that does not fit the modules.
 *
 * @param table - By chunk, the names of its modules in one text. What it does not name of packages goes with the entry.
 * @param entry - The chunk of the entry.
 */
export function chunkTable(table, entry) {
  const chunkOf = new Map();
  const faults = [];
  for (const [chunk, text] of Object.entries(table))
    for (const name of text.trim().split(/\s+/)) {
      if (chunkOf.has(name)) faults.push(`${name} is in ${chunkOf.get(name)} and in ${chunk}`);
      chunkOf.set(name, chunk);
    }
  return {
    manualChunks: (id) => chunkOf.get(nameOf(id)) ?? entry,
    plugin: {
      name: 'chunk-table',
      buildEnd(failure) {
        if (failure) return;
        const ids = [...this.getModuleIds()];
        const names = new Set(ids.map(nameOf));
        for (const id of ids)
          if (id.startsWith(src) && !chunkOf.has(nameOf(id))) faults.push(`${nameOf(id)} is in no chunk`);
        for (const name of chunkOf.keys()) if (!names.has(name)) faults.push(`${name} is no module of the build`);
        if (faults.length) this.error(`src/chunks.mjs does not fit:\n  ${faults.join('\n  ')}`);
      },
    },
  };
}
