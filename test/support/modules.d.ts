// Modules that the test runner and Storybook's bundler make out of other files.

declare module '*?raw' {
  const text: string;
  export default text;
}

/** The real graphql, in browsers too, where plain `graphql` is the stub that our own bundles have. */
declare module 'graphql/index.mjs' {
  export * from 'graphql';
}

/** Only what tests use of it. */
declare module 'datapackage' {
  interface Resource {
    readonly name: string;
    readonly tabular: boolean;
    readonly descriptor: { readonly path: string };
    read(options: { keyed: true; relations: boolean }): Promise<Record<string, unknown>[]>;
  }
  export class Package {
    static load(descriptor: object, options: { readonly basePath: string }): Promise<Package>;
    readonly errors: readonly Error[];
    readonly resources: readonly Resource[];
  }
}
