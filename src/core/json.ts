/**
 * A value as JSON. Old scripts give whole kinds of values a `toJSON`, Prototype.js all arrays, which then become texts: here
 * what it has made of a value gives way to the value itself. So dates and addresses are written as texts by who has them.
 */
export const write = (value: unknown): string =>
  JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key: string) {
    return this[key];
  });
