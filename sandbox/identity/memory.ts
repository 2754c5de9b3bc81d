type Payload = Readonly<Record<string, unknown>> & {
  readonly uid?: string;
  readonly grantId?: string;
  readonly consumed?: number;
};

interface Entry {
  readonly payload: Payload;
  readonly until: number;
}

/**
 * Where the provider keeps sessions, codes and tokens, until the sandbox stops. The one that comes with the package
 * warns of itself on the console at each start.
 */
export function memoryAdapter(): (model: string) => object {
  const entries = new Map<string, Entry>();

  const read = (key: string): Payload | undefined => {
    const entry = entries.get(key);
    if (entry && entry.until > Date.now()) return entry.payload;
    entries.delete(key);
    return undefined;
  };

  return (model) => {
    const keyOf = (id: string): string => `${model}:${id}`;
    return {
      find: (id: string) => Promise.resolve(read(keyOf(id))),
      findByUid: (uid: string) => {
        const found = [...entries.keys()].find((key) => key.startsWith(keyOf('')) && read(key)?.uid === uid);
        return Promise.resolve(found === undefined ? undefined : read(found));
      },
      upsert: (id: string, payload: Payload, seconds = Infinity) => {
        entries.set(keyOf(id), { payload, until: Date.now() + seconds * 1000 });
        return Promise.resolve();
      },
      consume: (id: string) => {
        const entry = entries.get(keyOf(id));
        const consumed = Math.floor(Date.now() / 1000);
        if (entry) entries.set(keyOf(id), { ...entry, payload: { ...entry.payload, consumed } });
        return Promise.resolve();
      },
      destroy: (id: string) => {
        entries.delete(keyOf(id));
        return Promise.resolve();
      },
      revokeByGrantId: (grantId: string) => {
        for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
        return Promise.resolve();
      },
    };
  };
}
