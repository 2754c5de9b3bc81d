// Modules that the test runner and Storybook's bundler make out of other files.

declare module '*?raw' {
  const text: string;
  export default text;
}

/** The real graphql, in browsers too, where plain `graphql` is the stub that our own bundles have. */
declare module 'graphql/index.mjs' {
  export * from 'graphql';
}
